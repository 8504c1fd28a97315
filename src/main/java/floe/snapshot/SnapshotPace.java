package floe.snapshot;

import floe.capture.CaptureSettings;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How fast tables are read beside the binlog: not beyond a number of rows a second, and not at all while the stream is too
 * far behind.
 *
 * <p>Safe for use by several threads.
 */
final class SnapshotPace {

    private static final long LOOK_MILLIS = 100;

    private final int rowsPerSecond;
    private final Duration longestLag;
    private final Supplier<OptionalLong> lagMillis;
    private final LongSupplier nanoTime;
    private long free;

    /**
     * @param lagMillis how far the stream is behind; empty if nobody knows
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    SnapshotPace(CaptureSettings settings, Supplier<OptionalLong> lagMillis, LongSupplier nanoTime) {
        this.rowsPerSecond = settings.snapshots().rowsPerSecond();
        // An idle server says so no more often.
        this.longestLag = settings.snapshots().longestLag().plus(settings.heartbeat());
        this.lagMillis = lagMillis;
        this.nanoTime = nanoTime;
        this.free = nanoTime.getAsLong();
    }

    /** Returns when more may be read. */
    void await() throws InterruptedException {
        while (isTooEarly() || isTooFarBehind()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** So many rows were read. */
    synchronized void read(int rows) {
        if (rowsPerSecond > 0) {
            long now = nanoTime.getAsLong();
            free = Math.max(free, now) + rows * TimeUnit.SECONDS.toNanos(1) / rowsPerSecond;
        }
    }

    private synchronized boolean isTooEarly() {
        return rowsPerSecond > 0 && nanoTime.getAsLong() < free;
    }

    private boolean isTooFarBehind() {
        OptionalLong lag = lagMillis.get();
        return lag.isPresent() && lag.getAsLong() > longestLag.toMillis();
    }
}
