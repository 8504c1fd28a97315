package floe.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The signs of life of one piece of work: what it is doing, and since when it has neither got on nor tried again.
 *
 * <p>May be used by several threads, one after the other.
 */
public final class Pulse {

    private final String work;
    private final LongSupplier nanoTime;

    private String doing = "";
    private long gotOn;
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

    /** The work has got on, and this is what it does next. */
    public synchronized void beat(String next) {
        doing = next;
        gotOn = nanoTime.getAsLong();
        alive = gotOn;
    }

    /** The work has not got on, but it is alive: it waits for someone else, and tries again. */
    public synchronized void waiting(String why) {
        doing = why;
        alive = nanoTime.getAsLong();
    }

    /** How long the work has not got on. */
    synchronized Duration sinceGotOn() {
        return Duration.ofNanos(nanoTime.getAsLong() - gotOn);
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
