package floe.snapshot;

import java.time.Duration;

/**
 * How many rows the next chunk asks for: as many as MySQL gives in about 200 milliseconds, and no more than 8 MiB hold.
 *
 * @param rows from 1
 */
record ChunkSize(int rows) {

    /** For the first chunk of a table. */
    static final ChunkSize FIRST = new ChunkSize(1_000);

    /** A chunk that has so many bytes is given on, with a single row if that is so large. */
    static final long MOST_BYTES = 8L << 20;

    private static final int MOST_ROWS = 25_000;

    /** Fewer take no less time. */
    private static final int FEWEST_BY_TIME = 100;

    private static final Duration AIM = Duration.ofMillis(200);
    private static final double MOST_GROWTH = 2;
    private static final double MOST_SHRINKING = 0.1;

    ChunkSize {
        if (rows < 1) {
            throw new IllegalArgumentException("A chunk has one row at least, not " + rows);
        }
    }

    /** The size after a chunk of this one, which had so many rows and bytes, and whose slowest statement took so long. */
    ChunkSize next(int had, long bytes, Duration took) {
        double factor = (double) AIM.toNanos() / Math.max(1, took.toNanos());
        // A chunk that is not full says nothing of a larger one.
        double most = had < rows ? 1 : MOST_GROWTH;
        double wanted =
                Math.max(Math.min(rows, FEWEST_BY_TIME), rows * Math.max(MOST_SHRINKING, Math.min(most, factor)));
        double fit = had == 0 ? MOST_ROWS : (double) MOST_BYTES * had / Math.max(1, bytes);
        return new ChunkSize((int) Math.max(1, Math.min(MOST_ROWS, Math.min(wanted, fit))));
    }

    /** For trying again what took too long. */
    ChunkSize smaller() {
        return new ChunkSize(Math.max(1, rows / 10));
    }
}
