package local.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices that a count stands still. */
final class Standstill {

    private final Duration atMost;
    private final LongSupplier nanos;
    private long last = Long.MIN_VALUE;
    private long since;

    /**
     * @param atMost how long a count may stay the same
     * @param nanos a clock
     */
    Standstill(Duration atMost, LongSupplier nanos) {
        this.atMost = atMost;
        this.nanos = nanos;
    }

    /** Whether the count has been this for too long. */
    boolean at(long count) {
        if (count != last) {
            last = count;
            since = nanos.getAsLong();
            return false;
        }
        return nanos.getAsLong() - since > atMost.toNanos();
    }
}
