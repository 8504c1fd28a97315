package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.RowChange;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two captures where there should be one: the second says so and waits, and the first does not notice. */
class OneCaptureOnlyTest {

    private CaptureWorld world;

    @TempDir
    Path state;

    @TempDir
    Path otherState;

    @BeforeEach
    void seed() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id INT PRIMARY KEY)",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "INSERT INTO shop.items VALUES (1)");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aSecondOnTheSameStateFolderSaysWhoHasItAndTakesOverWhenThatEnds() throws Exception {
        CamelMainApplication first = world.capture("shop.items");
        awaitItem(1);
        try (var second = world.capture("shop.items")) {
            awaitDown(second.camel(), "Another capture has the state folder");
            world.mysql.execute("INSERT INTO shop.items VALUES (2)");
            awaitItem(2);

            first.close();

            world.mysql.execute("INSERT INTO shop.items VALUES (3)");
            awaitItem(3);
            awaitUp(second.camel());
        }
        assertThat(world.rowChanges()).hasSize(3);
    }

    @Test
    void twoOfDifferentFoldersWithOneServerIdDoNotThrowEachOtherOut() throws Exception {
        try (var first = world.capture("shop.items", "capture.server-id", "77")) {
            awaitItem(1);
            await().untilAsserted(() -> assertThat(binlogReaders()).isNotEqualTo("[]"));
            String dump = binlogReaders();
            try (var second =
                    world.capture("shop.orders", "capture.server-id", "77", "capture.state", otherState.toString())) {
                awaitDown(second.camel(), "Another capture reads this MySQL with the server id 77");
                world.mysql.execute("INSERT INTO shop.items VALUES (2)");
                awaitItem(2);

                assertThat(binlogReaders()).isEqualTo(dump);
                awaitUp(first.camel());
            }
        }
    }

    private String binlogReaders() {
        return world.mysql
                .query("SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%' ORDER BY ID")
                .toString();
    }

    private void awaitItem(int id) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(world.rowChanges())
                .extracting(RowChange::image)
                .anyMatch(row -> row.path("id").asInt() == id));
    }

    private static void awaitDown(CamelContext camel, String message) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            HealthCheck.Result capture = capture(camel);
            assertThat(capture.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(capture.getMessage().orElse("")).contains(message);
        });
    }

    private static void awaitUp(CamelContext camel) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(capture(camel).getState()).isEqualTo(HealthCheck.State.UP));
    }

    private static HealthCheck.Result capture(CamelContext camel) {
        return HealthCheckHelper.invokeReadiness(camel).stream()
                .filter(result -> result.getCheck().getId().equals("capture"))
                .findFirst()
                .orElseThrow();
    }
}
