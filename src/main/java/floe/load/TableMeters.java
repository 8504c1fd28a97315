package floe.load;

import floe.change.TableId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The meters that there are for each table, or once for all. */
final class TableMeters {

    private final Counter rows;
    private final Counter nullDates;
    private final Timer applied;
    private final Timer refused;
    private final Timer unwell;
    /** The tables that have open snapshots, as far as their last calls told. */
    private final Map<TableId, Open> open = new ConcurrentHashMap<>();

    /**
     * The open snapshots of a table.
     *
     * @param since when the first of them was told of
     */
    private record Open(int count, Instant since) {}

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
        Gauge.builder("floe.load.open.snapshots", open, TableMeters::count)
                .description(
                        "Snapshots that have begun and neither ended nor were cancelled, as of the table's last call")
                .tag("table", table)
                .register(registry);
        TimeGauge.builder("floe.load.open.snapshots.age", open, TimeUnit.SECONDS, TableMeters::age)
                .description("How long ago the first of these was told of; 0 without one")
                .tag("table", table)
                .register(registry);
    }

    private static double count(Map<TableId, Open> open) {
        return open.values().stream().mapToInt(Open::count).sum();
    }

    private static double age(Map<TableId, Open> open) {
        Instant now = Instant.now();
        return open.values().stream()
                .mapToLong(
                        some -> Math.max(0, Duration.between(some.since(), now).toSeconds()))
                .max()
                .orElse(0);
    }

    /** What a call of {@code source}, a table that has these meters, told of its snapshots. */
    void snapshots(TableId source, Answer answer) {
        if (answer.openSnapshots() == 0) {
            open.remove(source);
        } else {
            open.put(source, new Open(answer.openSnapshots(), Instant.now().minusSeconds(answer.openSeconds())));
        }
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
