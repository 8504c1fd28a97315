package floe.progress;

import floe.staging.StagedFile;

/** Something that is done for a staged file. */
public interface Work {

    /** The file that it is done for. */
    StagedFile file();

    /** What is done, in words to read after the name of the file; repeats no value of any row. */
    String doing();
}
