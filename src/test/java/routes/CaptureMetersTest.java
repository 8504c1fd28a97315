package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import local.kinesis.RecordError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What capture counts, against what happened. */
class CaptureMetersTest {

    private static final String METERS = "#class:" + SimpleMeterRegistry.class.getName();

    private CaptureWorld world;

    @TempDir
    Path state;

    @BeforeEach
    void seed() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id int PRIMARY KEY, name varchar(20), note text)",
                "INSERT INTO shop.items VALUES (1, 'one', NULL), (2, 'two', NULL)");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void rowsRecordsBytesRejectionsAndStateAreThoseOfTheWorld() throws Exception {
        AtomicInteger toReject = new AtomicInteger(3);
        world.kinesis
                .faults()
                .failRecords(attempt ->
                        toReject.getAndDecrement() > 0 ? Optional.of(RecordError.THROTTLED) : Optional.empty());
        try (var floe = world.capture("shop.items", "camel.beans.metricsRegistry", METERS)) {
            MeterRegistry meters = floe.camel().getRegistry().findSingleByType(MeterRegistry.class);
            await().untilAsserted(
                            () -> assertThat(count(meters, "floe.capture.rows")).isEqualTo(2));

            world.mysql.execute(
                    "INSERT INTO shop.items VALUES (3, 'three', NULL), (4, 'four', NULL)",
                    "DELETE FROM shop.items WHERE id = 1");

            await().untilAsserted(
                            () -> assertThat(count(meters, "floe.capture.rows")).isEqualTo(5));
            assertThat(world.rowChanges()).hasSize(5);
            assertThat(count(meters, "floe.capture.records"))
                    .isEqualTo((double) world.kinesis.counters().records());
            assertThat(count(meters, "floe.capture.records.rejected"))
                    .isEqualTo((double) world.kinesis.counters().rejectedRecords())
                    .isEqualTo(3);
            assertThat(count(meters, "floe.capture.bytes"))
                    .isEqualTo(world.kinesis.records(CaptureWorld.STREAM).stream()
                            .mapToInt(record -> record.data().asByteArray().length)
                            .sum());
            assertThat(meters.get("floe.capture.put")
                            .tag("outcome", "answered")
                            .timer()
                            .count())
                    .isEqualTo(world.kinesis.counters().calls("PutRecords"));
            // Of the snapshot its beginning, shape, rows and end, which may share batches; and two transactions.
            assertThat(meters.get("floe.capture.batch").timer().count()).isBetween(2L, 6L);
            assertThat(gauge(meters, "floe.capture.ready")).isEqualTo(1);
            assertThat(gauge(meters, "floe.capture.snapshot")).isZero();
            assertThat(gauge(meters, "floe.capture.diverged.tables")).isZero();
            assertThat(gauge(meters, "floe.capture.lag")).isBetween(0.0, 60.0);
            assertThat(gauge(meters, "floe.capture.position.age")).isBetween(0.0, 60.0);
            assertThat(count(meters, "floe.capture.engine.restarts")).isZero();
            assertThat(count(meters, "floe.capture.oversize.rows")).isZero();
        }
    }

    @Test
    void anEngineThatEndsCountsAndMakesCaptureUnready() throws Exception {
        try (var floe = world.capture("shop.items", "capture.heartbeat", "1s", "camel.beans.metricsRegistry", METERS)) {
            MeterRegistry meters = floe.camel().getRegistry().findSingleByType(MeterRegistry.class);
            await().untilAsserted(
                            () -> assertThat(count(meters, "floe.capture.rows")).isEqualTo(2));

            world.mysql.kill();

            await().untilAsserted(() ->
                    assertThat(count(meters, "floe.capture.engine.restarts")).isPositive());
            assertThat(gauge(meters, "floe.capture.ready")).isZero();
            world.mysql.start();
            await().untilAsserted(() ->
                    assertThat(gauge(meters, "floe.capture.ready")).isEqualTo(1));
        }
    }

    @Test
    void tablesAreCountedByWhatCaptureDoesWithThem() throws Exception {
        world.mysql.execute(
                "CREATE TABLE shop.keyless (a INT)",
                "CREATE TABLE shop.others (id INT PRIMARY KEY)",
                "INSERT INTO shop.others VALUES (1)");
        try (var floe = world.capture("shop.*", "camel.beans.metricsRegistry", METERS)) {
            MeterRegistry meters = floe.camel().getRegistry().findSingleByType(MeterRegistry.class);
            await().untilAsserted(
                            () -> assertThat(count(meters, "floe.capture.rows")).isEqualTo(3));

            world.mysql.execute("SET binlog_format = STATEMENT", "UPDATE shop.items SET name = 'x'");

            await().untilAsserted(() -> assertThat(tables(meters, "diverged")).isEqualTo(1));
            assertThat(tables(meters, "streaming")).isEqualTo(1);
            assertThat(tables(meters, "reading")).isZero();
            assertThat(tables(meters, "set aside")).isEqualTo(1);
            assertThat(gauge(meters, "floe.capture.diverged.tables")).isEqualTo(2);
        }
    }

    private static double tables(MeterRegistry meters, String state) {
        return meters.get("floe.capture.tables").tag("state", state).gauge().value();
    }

    private static double count(MeterRegistry meters, String name) {
        return meters.get(name).counter().count();
    }

    private static double gauge(MeterRegistry meters, String name) {
        return meters.get(name).gauge().value();
    }
}
