package floe.staging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** The oldest files of a listing, a bounded number of them: millions may wait where Snowflake was away for days. */
final class Slice {

    private final int mostFiles;
    private final Predicate<StagedFile> due;
    private final PriorityQueue<StagedFile> newestFirst = new PriorityQueue<>(StagedFile.OLDEST_FIRST.reversed());
    private final Pile others = new Pile();

    /** @param due tells whether a file may be loaded now; it is asked of each */
    Slice(int mostFiles, Predicate<StagedFile> due) {
        this.mostFiles = mostFiles;
        this.due = due;
    }

    void add(StagedFile file) {
        if (!due.test(file)) {
            others.add(file);
            return;
        }
        newestFirst.add(file);
        if (newestFirst.size() > mostFiles) {
            others.add(newestFirst.remove());
        }
    }

    /** @param allLoaded no file waits any more that was staged before then */
    Listing listing(Instant allLoaded) {
        List<StagedFile> files = new ArrayList<>(newestFirst);
        files.sort(StagedFile.OLDEST_FIRST);
        return new Listing(files, others.files(), others.oldest(), allLoaded);
    }
}
