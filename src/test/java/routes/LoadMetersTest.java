package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.delete;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.Events.snapshot;
import static routes.Events.snapshotEnd;
import static routes.Events.write;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What loading counts, against what happened. */
class LoadMetersTest {

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
        world.withPersons();
        world.stage().set("camel.beans.metricsRegistry", "#class:" + SimpleMeterRegistry.class.getName());
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void rowsLinesCallsFilesAndDeadLettersAreThoseOfTheWorld() throws Exception {
        String[] lines = {
            write(10, person(1, "Ann", "Oslo")),
            write(20, person(2, "Bob", "Rome")),
            write(30, person(2, "Bobby", "Rome")),
            delete(40, person(1, "Ann", "Oslo")),
            "not JSON",
            legacyWrite(person(3, "Cid", "Bonn")).replace("Persons", "Nobody")
        };
        String file = world.stage(lines);
        world.stage().start();
        world.awaitArchived(file);

        assertThat(count("floe.load.lines")).isEqualTo(6);
        assertThat(count("floe.load.bytes")).isEqualTo(String.join("\n", lines).getBytes(UTF_8).length);
        // Of each row only the newest.
        assertThat(rows("CDC_schema.Persons")).isEqualTo(2);
        assertThat(calls("CDC_schema.Persons", "applied")).isEqualTo(1);
        assertThat(calls("CDC_schema.Persons", "refused")).isZero();
        assertThat(letters("NOT_JSON")).isEqualTo(1);
        assertThat(letters("UNKNOWN_TABLE")).isEqualTo(1);
        assertThat(letters("REFUSED_VALUE")).isZero();
        assertThat(files("loaded")).isEqualTo(1);
        assertThat(files("failed")).isZero();
        await().untilAsserted(() -> assertThat(gauge("floe.load.staged.files")).isZero());
        assertThat(gauge("floe.load.stuck.files")).isZero();
        assertThat(gauge("floe.load.staged.age")).isZero();
        assertThat(gauge("floe.load.lag")).isBetween(0.0, 60.0);
        await().untilAsserted(() -> assertThat(gauge("floe.load.ready")).isEqualTo(1));
    }

    @Test
    void theLatencyIsThatOfTheOldestChangeOfTheCallAndLeavesSnapshotsOut() throws Exception {
        long now = System.currentTimeMillis();
        String file = world.stage(
                committed(now - 100_000, write(10, person(1, "Ann", "Oslo"))),
                committed(now - 200_000, write(20, person(2, "Bob", "Rome"))),
                committed(now - 900_000, write(30, person(3, "Cid", "Bonn")))
                        .replace("\"snapshot\":false", "\"snapshot\":true"),
                legacyWrite(person(4, "Dan", "Bern")));
        world.stage().start();
        world.awaitArchived(file);

        var latency = meters().get("floe.load.latency").timer();

        assertThat(latency.count()).isEqualTo(1);
        assertThat(latency.totalTime(TimeUnit.SECONDS)).isBetween(200.0, 260.0);
    }

    @Test
    void unfitRowsAreNotCountedAsApplied() throws Exception {
        String file = world.stage(
                write(10, person(1, "Ann", "Oslo")),
                write(20, "{\"PersonID\":\"two\",\"FullName\":null,\"City\":null}"));
        world.stage().start();
        world.awaitArchived(file);

        assertThat(calls("CDC_schema.Persons", "refused")).isZero();
        assertThat(calls("CDC_schema.Persons", "applied")).isEqualTo(1);
        assertThat(rows("CDC_schema.Persons")).isEqualTo(1);
        assertThat(letters("REFUSED_VALUE")).isEqualTo(1);
    }

    @Test
    void repeatedCallsAndFilesThatWaitShowWhileSnowflakeIsUnwell() throws Exception {
        world.stage().start();
        await().untilAsserted(() -> assertThat(gauge("floe.load.ready")).isEqualTo(1));
        world.snowflake().faults().suspendWarehouse(true);
        String file = world.stage(write(10, person(1, "Ann", "Oslo")));

        await().untilAsserted(() -> assertThat(gauge("floe.load.stuck.files")).isEqualTo(1));
        assertThat(gauge("floe.load.ready")).isZero();
        assertThat(gauge("floe.load.staged.files")).isEqualTo(1);
        assertThat(gauge("floe.load.staged.age")).isPositive();
        assertThat(files("failed")).isPositive();
        // load.retries is 2.
        assertThat(count("floe.load.call.retries")).isPositive();
        assertThat(calls("CDC_schema.Persons", "unwell")).isGreaterThanOrEqualTo(3);

        world.snowflake().faults().suspendWarehouse(false);
        world.awaitArchived(file);
        assertThat(rows("CDC_schema.Persons")).isEqualTo(1);
    }

    @Test
    void moreTablesThanHaveMetersOfTheirOwnShareThem() throws Exception {
        world.stage().set("metrics.most-tables", "0");
        String file = world.stage(write(10, person(1, "Ann", "Oslo")));
        world.stage().start();
        world.awaitArchived(file);

        assertThat(rows("all")).isEqualTo(1);
        assertThat(meters().find("floe.load.rows")
                        .tag("table", "CDC_schema.Persons")
                        .counter())
                .isNull();
    }

    @Test
    void openSnapshotsAndTheirAgeShowUntilTheyHaveEnded() throws Exception {
        world.stage().start();
        String begun =
                world.stage(snapshot("begin", 100), write(120, person(1, "Ann", "Oslo")), snapshot("begin", 200));
        world.awaitArchived(begun);
        assertThat(openSnapshots().value()).isEqualTo(2);
        assertThat(meters().get("floe.load.open.snapshots.age").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(0.0, 60.0);

        String ended = world.stage(snapshotEnd(200, 0, 1));
        world.awaitArchived(ended);

        assertThat(openSnapshots().value()).isZero();
    }

    private Gauge openSnapshots() {
        return meters().get("floe.load.open.snapshots")
                .tag("table", "CDC_schema.Persons")
                .gauge();
    }

    private static String committed(long millis, String event) {
        return event.replace("\"ts_ms\":1795367406199", "\"ts_ms\":" + millis);
    }

    private MeterRegistry meters() {
        return world.stage().camel().getRegistry().findSingleByType(MeterRegistry.class);
    }

    private double count(String name) {
        return meters().get(name).counter().count();
    }

    private double rows(String table) {
        return meters().get("floe.load.rows").tag("table", table).counter().count();
    }

    private double gauge(String name) {
        return meters().get(name).gauge().value();
    }

    private double letters(String reason) {
        return meters().get("floe.load.dead.letters")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    private long calls(String table, String outcome) {
        return meters().get("floe.load.call")
                .tags("table", table, "outcome", outcome)
                .timer()
                .count();
    }

    private long files(String outcome) {
        return meters().get("floe.load.file").tag("outcome", outcome).timer().count();
    }
}
