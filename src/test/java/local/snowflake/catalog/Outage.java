package local.snowflake.catalog;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import local.snowflake.values.SnowflakeError;

/** The death of the server at a statement: no request under way is answered, and for a while no other. */
final class Outage {

    private final AtomicInteger count = new AtomicInteger();
    private Predicate<String> at = Outage::never;
    private Duration length = Duration.ZERO;
    private long until;

    synchronized void next(Predicate<String> statement, Duration lasting) {
        at = statement;
        length = lasting;
    }

    /** The server is up, and stays so. */
    synchronized void clear() {
        at = Outage::never;
        until = System.nanoTime();
    }

    /** Dies if this statement is the one, and fails all that are run by a dead server. */
    synchronized void check(String statement) throws SnowflakeError {
        if (at.test(statement)) {
            at = Outage::never;
            until = System.nanoTime() + length.toNanos();
            count.incrementAndGet();
            throw SnowflakeError.cancelled();
        }
        if (isOn()) {
            throw SnowflakeError.cancelled();
        }
    }

    synchronized boolean isOn() {
        return count.get() > 0 && System.nanoTime() < until;
    }

    /** How often the server has died. */
    int count() {
        return count.get();
    }

    private static boolean never(String statement) {
        return statement == null;
    }
}
