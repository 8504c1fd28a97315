package routes;

import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.StageHealth.assertStaysAlive;
import static routes.StageHealth.awaitNotAlive;
import static routes.StageHealth.awaitNotReady;
import static routes.StageHealth.awaitReady;

import java.time.Duration;
import local.http.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stage that hangs is not alive, so that it is restarted; one that waits for someone else is alive, however long, and
 * says in its readiness what it waits for. The S3 client waits 30 s for an answer by itself, far longer than load may be silent here.
 */
class HangingLoadTest {

    private static final int ALL = 1_000;

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
            world.s3().faults().failRequests(RequestFault.FAILED, 1);
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
