package floe.progress;

import floe.change.TableId;
import floe.staging.StagedFile;
import java.util.Optional;

/** Something that is done for a staged file. */
public interface Work {

    /** The file that it is done for. */
    StagedFile file();

    /** The table in MySQL that it is done for; nothing if it is not done for one. */
    default Optional<TableId> source() {
        return Optional.empty();
    }

    /** What is done, in words to read after the name of the file; repeats no value of any row. */
    String doing();
}
