package floe.snapshot;

import floe.change.TableId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how far the reading of a table is. */
final class SnapshotProgress {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotProgress.class);
    private static final long PAUSE = Duration.ofSeconds(30).toNanos();

    private final TableId table;
    private long rows;
    private long logged = System.nanoTime();

    private SnapshotProgress(TableId table) {
        this.table = table;
    }

    static SnapshotProgress begin(TableId table) {
        LOG.info("The snapshot reads {}", table);
        return new SnapshotProgress(table);
    }

    /** A row was read. */
    void read() {
        rows++;
        // The clock costs as much as the row.
        if ((rows & 0xff) == 0 && System.nanoTime() - logged > PAUSE) {
            LOG.info("The snapshot has read {} rows of {}", rows, table);
            logged = System.nanoTime();
        }
    }

    void end() {
        LOG.info("The snapshot has read all {} rows of {}", rows, table);
    }
}
