package floe.snapshot;

import floe.capture.CaptureSettings;
import floe.settings.DailyHours;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How fast tables are read beside the binlog: not beyond a number of rows a second, and not at all while the stream is too
 * far behind, or outside of the hours that are set.
 *
 * <p>Safe for use by several threads.
 */
final class SnapshotPace {

    private static final long LOOK_MILLIS = 100;

    private final int rowsPerSecond;
    private final Duration longestLag;
    private final DailyHours hours;
    private final Supplier<OptionalLong> lagMillis;
    private final LongSupplier nanoTime;
    private final Supplier<Instant> now;
    private long free;

    /**
     * @param lagMillis how far the stream is behind; empty if nobody knows
     * @param nanoTime a clock like {@link System#nanoTime}
     * @param now the time of day
     */
    SnapshotPace(
            CaptureSettings settings, Supplier<OptionalLong> lagMillis, LongSupplier nanoTime, Supplier<Instant> now) {
        this.rowsPerSecond = settings.snapshots().rowsPerSecond();
        // An idle server says so no more often.
        this.longestLag = settings.snapshots().longestLag().plus(settings.heartbeat());
        this.hours = settings.snapshots().hours();
        this.lagMillis = lagMillis;
        this.nanoTime = nanoTime;
        this.now = now;
        this.free = nanoTime.getAsLong();
    }

    /**
     * Returns when more may be read.
     *
     * @param waiting is told what for
     * @return the nanoseconds in which nothing was to be read at all; those that the number of rows a second takes are none
     */
    long await(Consumer<String> waiting) throws InterruptedException {
        long began = nanoTime.getAsLong();
        for (String why = obstacle(); why != null; why = obstacle()) {
            waiting.accept(why);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        long waited = nanoTime.getAsLong() - began;
        while (isTooEarly()) {
            waiting.accept("waits as capture.snapshot-rows-per-second says");
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return waited;
    }

    /** Why nothing is to be read now; null if something is. */
    private String obstacle() {
        if (!hours.contains(now.get())) {
            return "waits for capture.snapshot-hours " + hours + " (UTC)";
        }
        return isTooFarBehind() ? "waits until the stream has caught up" : null;
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
