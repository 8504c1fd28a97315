package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.legacyWrite;
import static routes.Events.person;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import local.s3.RequestFault;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stage that hangs is not alive, so that it is restarted; one that waits for someone else is alive, however long, and
 * says in its readiness what it waits for. The clients wait 30 s for an answer by themselves, far longer than a stage may be
 * silent here.
 */
class HangingStageTest {

    private static final int ALL = 1_000;

    @Nested
    class Capture {

        /** Longer than the longest pause between two puts, which is 10 s. */
        private static final Duration STALLED = Duration.ofSeconds(12);

        @TempDir
        Path state;

        @Test
        void aPutThatIsNeverAnsweredIsNoLife() throws Exception {
            try (var world = new CaptureWorld(state);
                    var floe = capture(world)) {
                awaitReady(floe.camel());
                world.kinesis.faults().latency(Duration.ofSeconds(25));
                world.mysql.execute("INSERT INTO shop.items VALUES (2)");

                awaitNotAlive(floe.camel(), "capture has shown no sign of life", "putting records on the stream");
                world.kinesis.faults().clear();
                awaitReady(floe.camel());
            }
        }

        @Test
        void aStreamThatTakesNoRecordsIsWaitedFor() throws Exception {
            try (var world = new CaptureWorld(state);
                    var floe = capture(world)) {
                awaitReady(floe.camel());
                world.kinesis.faults().failRecords(1);
                world.mysql.execute("INSERT INTO shop.items VALUES (2)");

                awaitNotReady(floe.camel(), "capture has not got on", "takes no records");
                assertStaysAlive(floe.camel(), STALLED);
                world.kinesis.faults().clear();
                awaitReady(floe.camel());
            }
        }

        @Test
        void aMySqlThatIsGoneIsWaitedFor() throws Exception {
            try (var world = new CaptureWorld(state);
                    var floe = capture(world)) {
                awaitReady(floe.camel());
                world.mysql.close();

                awaitNotReady(floe.camel(), "MySQL at");
                assertStaysAlive(floe.camel(), STALLED);
            }
        }

        private CamelMainApplication capture(CaptureWorld world) throws Exception {
            world.mysql.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.items (id int PRIMARY KEY)",
                    "INSERT INTO shop.items VALUES (1)");
            return world.capture(
                    "shop.items",
                    "capture.heartbeat",
                    "1s",
                    "health.blocked-after",
                    "3s",
                    "health.stalled-after",
                    STALLED.toSeconds() + "s",
                    "camel.main.shutdown-timeout",
                    "3");
        }
    }

    @Nested
    class Load {

        private static final Duration STALLED = Duration.ofSeconds(5);

        @ParameterizedTest
        @CsvSource({
            "GET, /floe?, listing the staging prefix",
            "GET, /floe/staging/, opening it",
            "PUT, /floe/dead-letter/, dead letter",
            "PUT, /floe/archive/, moving it to the archive",
            "DELETE, /floe/staging/, moving it to the archive",
        })
        void aRequestThatIsNeverAnsweredIsNoLife(String method, String path, String doing) throws Exception {
            try (var world = world()) {
                world.s3()
                        .faults()
                        .only((ofMethod, ofPath) -> ofMethod.equals(method)
                                && (path.endsWith("?") ? ofPath.length() <= path.length() : ofPath.startsWith(path)))
                        .failNextRequests(RequestFault.UNANSWERED, ALL);
                world.stage(legacyWrite(person(1, "Ann", "Oslo")), "not json");

                world.stage().start();

                awaitNotAlive(world.stage().camel(), "load has shown no sign of life", doing);
            }
        }

        @Test
        void aCallThatIsNeverAnsweredIsNoLife() throws Exception {
            try (var world = world()) {
                world.stage().start();
                awaitReady(world.stage().camel());
                world.snowflake().faults().latency(Duration.ofSeconds(20));
                world.stage(legacyWrite(person(1, "Ann", "Oslo")));

                awaitNotAlive(world.stage().camel(), "load has shown no sign of life", "calling");
            }
        }

        @Test
        void aWarehouseThatIsSuspendedIsWaitedFor() throws Exception {
            try (var world = world()) {
                world.stage().start();
                awaitReady(world.stage().camel());
                world.snowflake().faults().suspendWarehouse(true);
                String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")));

                awaitNotReady(world.stage().camel(), file, "090073");
                assertStaysAlive(world.stage().camel(), STALLED);
                world.snowflake().faults().suspendWarehouse(false);
                world.awaitArchived(file);
                awaitReady(world.stage().camel());
            }
        }

        @Test
        void anS3ThatRefusesIsWaitedFor() throws Exception {
            try (var world = world()) {
                world.s3().faults().failRequests(RequestFault.INTERNAL_ERROR, 1);
                world.stage().start();

                awaitNotReady(world.stage().camel(), "InternalError");
                assertStaysAlive(world.stage().camel(), STALLED);
                world.s3().faults().clear();
                awaitReady(world.stage().camel());
            }
        }

        private LoadWorld world() throws Exception {
            LoadWorld world = new LoadWorld().withPersons();
            world.stage()
                    .set("snowflake.connect-timeout", "1s")
                    .set("snowflake.statement-timeout", "2s")
                    .set("health.blocked-after", "2s")
                    .set("health.stalled-after", STALLED.toSeconds() + "s")
                    .set("camel.main.shutdown-timeout", "3");
            return world;
        }
    }

    private static void awaitReady(CamelContext camel) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(down(HealthCheckHelper.invokeReadiness(camel)))
                        .isEmpty());
    }

    private static void awaitNotReady(CamelContext camel, String... reasons) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(down(HealthCheckHelper.invokeReadiness(camel)))
                        .contains(reasons));
    }

    private static void awaitNotAlive(CamelContext camel, String... reasons) {
        assertThat(down(HealthCheckHelper.invokeLiveness(camel))).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(down(HealthCheckHelper.invokeLiveness(camel)))
                        .contains(reasons));
    }

    private static void assertStaysAlive(CamelContext camel, Duration stalled) {
        await().during(stalled.plusSeconds(3)).atMost(stalled.multipliedBy(3)).untilAsserted(() -> assertThat(
                        down(HealthCheckHelper.invokeLiveness(camel)))
                .isEmpty());
    }

    private static String down(Collection<HealthCheck.Result> results) {
        return results.stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN
                        && "floe".equals(result.getCheck().getGroup()))
                .map(result -> result.getMessage().orElse("down"))
                .collect(Collectors.joining("\n"));
    }
}
