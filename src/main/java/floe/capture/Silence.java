package floe.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the engine has said nothing. MySQL sends a heartbeat when it has nothing else, so a silence of several
 * heartbeats means that the connection is gone: Debezium's client takes its orderly end for a reason to wait.
 *
 * <p>It counts only while the binlog is being read, not in a snapshot, which may take its time, and not while a batch is
 * being stored, which Kinesis may slow down.
 */
final class Silence {

    /** Heartbeats that may stay away. */
    private static final int MISSING_HEARTBEATS = 3;

    private final Duration longest;
    private final LongSupplier nanoTime;

    private boolean listening;
    private long since;

    /**
     * @param heartbeat how often something arrives at least
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    Silence(Duration heartbeat, LongSupplier nanoTime) {
        this.longest = heartbeat.multipliedBy(MISSING_HEARTBEATS);
        this.nanoTime = nanoTime;
    }

    /** From now on something should arrive. */
    synchronized void listen() {
        listening = true;
        since = nanoTime.getAsLong();
    }

    /** Nothing needs to arrive for now. */
    synchronized void pause() {
        listening = false;
    }

    /** Whether something should have arrived by now. */
    synchronized boolean isTooLong() {
        return listening && nanoTime.getAsLong() - since > longest.toNanos();
    }

    /** The longest silence that means nothing. */
    Duration longest() {
        return longest;
    }
}
