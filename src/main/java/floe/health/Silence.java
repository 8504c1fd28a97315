package floe.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the other side has said nothing. One that sends a heartbeat when it has nothing else is gone after a silence of
 * several heartbeats. It counts only while there is somebody to listen.
 *
 * <p>Safe for use by several threads.
 */
public final class Silence {

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
    public Silence(Duration heartbeat, LongSupplier nanoTime) {
        this.longest = heartbeat.multipliedBy(MISSING_HEARTBEATS);
        this.nanoTime = nanoTime;
    }

    /** From now on something should arrive. */
    public synchronized void listen() {
        listening = true;
        since = nanoTime.getAsLong();
    }

    /** Nothing needs to arrive for now. */
    public synchronized void pause() {
        listening = false;
    }

    /** Whether something should have arrived by now. */
    public synchronized boolean isTooLong() {
        return listening && nanoTime.getAsLong() - since > longest.toNanos();
    }

    /** The longest silence that means nothing. */
    public Duration longest() {
        return longest;
    }
}
