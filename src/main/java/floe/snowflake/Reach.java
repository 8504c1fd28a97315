package floe.snowflake;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether Snowflake could be reached when it was last needed. Nobody asks it for this: an idle Floe keeps no warehouse
 * awake. Safe for use by several threads.
 */
final class Reach {

    private final Clock clock;
    private Instant last;
    private String problem;

    Reach(Clock clock) {
        this.clock = clock;
    }

    synchronized void succeeded() {
        last = clock.instant();
        problem = null;
    }

    synchronized void failed(SQLException failure) {
        last = clock.instant();
        problem = Failures.explain(failure);
    }

    @Override
    public synchronized String toString() {
        if (last == null) {
            return "not needed yet";
        }
        long seconds = Duration.between(last, clock.instant()).toSeconds();
        return problem == null ? "reached " + seconds + " s ago" : "out of reach " + seconds + " s ago: " + problem;
    }
}
