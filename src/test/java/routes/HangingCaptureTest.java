package routes;

import static routes.StageHealth.assertStaysAlive;
import static routes.StageHealth.awaitNotAlive;
import static routes.StageHealth.awaitNotReady;
import static routes.StageHealth.awaitReady;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stage that hangs is not alive, so that it is restarted; one that waits for someone else is alive, however long, and
 * says in its readiness what it waits for. The Kinesis client waits 30 s for an answer by itself.
 */
class HangingCaptureTest {

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

            awaitNotReady(floe.camel(), "capture has made no progress", "takes no records");
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
