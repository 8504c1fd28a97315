package floe.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The signs of life of one piece of work: what it is doing, and since when it has neither made progress nor tried again.
 *
 * <p>May be used by several threads, one after the other.
 */
public final class Pulse {

    private final String work;
    private final LongSupplier nanoTime;

    private String doing = "";
    private long progress;
    private long alive;

    /**
     * @param work what it is, for messages; empty for the stage itself
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Pulse(String work, LongSupplier nanoTime) {
        this.work = work;
        this.nanoTime = nanoTime;
        beat("beginning");
    }

    /** The work has made progress, and this is what it does next. */
    public synchronized void beat(String next) {
        doing = next;
        beat();
    }

    /** The work has made progress, and goes on with what it does. */
    synchronized void beat() {
        progress = nanoTime.getAsLong();
        alive = progress;
    }

    /** The work has made no progress, but it is alive: it waits for someone else, and tries again. */
    public synchronized void waiting(String why) {
        doing = why;
        alive = nanoTime.getAsLong();
    }

    /** How long the work has made no progress. */
    synchronized Duration sinceProgress() {
        return Duration.ofNanos(nanoTime.getAsLong() - progress);
    }

    /** How long the work has shown no sign of life. */
    public synchronized Duration sinceAlive() {
        return Duration.ofNanos(nanoTime.getAsLong() - alive);
    }

    /** What it does, or what it waits for. */
    public synchronized String doing() {
        return work.isEmpty() ? doing : work + ": " + doing;
    }
}
