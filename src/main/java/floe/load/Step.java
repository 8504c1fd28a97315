package floe.load;

import floe.staging.StagedFile;

/** One thing to do for a staged file. All of them done, the file is loaded. */
public sealed interface Step permits Call, DeadLetters {

    /** The file that it is a step for. */
    StagedFile file();

    /** What is done, in words to read after the name of the file; repeats no value of any row. */
    String doing();
}
