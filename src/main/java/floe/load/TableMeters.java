package floe.load;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters that there are for each table, or once for all. */
final class TableMeters {

    private final Counter rows;
    private final Counter nullDates;
    private final Timer applied;
    private final Timer refused;
    private final Timer unwell;

    /** @param table the value of their tag {@code table} */
    TableMeters(String table, MeterRegistry registry) {
        rows = Counter.builder("floe.load.rows")
                .description("Changes in calls that were applied; of each row a call has only the newest")
                .tag("table", table)
                .register(registry);
        nullDates = Counter.builder("floe.load.null.dates")
                .description("Dates that are none, such as 0000-00-00, that were written as NULL")
                .tag("table", table)
                .register(registry);
        applied = call(table, "applied", registry);
        refused = call(table, "refused", registry);
        unwell = call(table, "unwell", registry);
    }

    void applied(int changes, int datesAsNull, Duration time) {
        rows.increment(changes);
        nullDates.increment(datesAsNull);
        applied.record(time);
    }

    /** Snowflake refused the call for its data. */
    void refused(Duration time) {
        refused.record(time);
    }

    /** Snowflake could not answer the call. */
    void unwell(Duration time) {
        unwell.record(time);
    }

    private static Timer call(String table, String outcome, MeterRegistry registry) {
        return Timer.builder("floe.load.call")
                .description("Time of a call of a procedure")
                .tag("table", table)
                .tag("outcome", outcome)
                .register(registry);
    }
}
