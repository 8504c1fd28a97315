package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.RowChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import local.Forwarder;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failover: behind the address that capture reads from, a replica takes the place of its server. */
class AnotherServerTest {

    private static final String ITEMS = "shop.items";

    private CaptureWorld world;
    private MySqlServer replica;
    private Forwarder address;

    @TempDir
    Path state;

    @BeforeEach
    void replicate() throws Exception {
        world = new CaptureWorld(state);
        replica = new MySqlServer(MySqlSettings.defaults().withPassword(world.mysql.password())).start();
        address = Forwarder.to(world.mysql.port());
        // Its places seem to go on from the first server's: places that went back would be noticed by themselves.
        replica.rotateBinlog();
        world.mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.items (id int PRIMARY KEY)");
        replica.execute(
                "CHANGE MASTER TO MASTER_HOST = '" + world.mysql.host() + "', MASTER_PORT = " + world.mysql.port()
                        + ", MASTER_USER = '" + world.mysql.user() + "', MASTER_PASSWORD = '" + world.mysql.password()
                        + "', MASTER_AUTO_POSITION = 1",
                "START SLAVE");
    }

    @AfterEach
    void close() throws Exception {
        address.close();
        replica.close();
        world.close();
    }

    @Test
    void anotherServerBehindTheAddressStartsANewEpochAndNothingIsLost() throws Exception {
        try (var floe = capture()) {
            awaitEndOfSnapshot();
            world.mysql.execute("INSERT INTO shop.items VALUES (1)");
            awaitRow(1);
            insert(10, 200);
            awaitReplica();

            address.moveTo(replica.port());
            replica.execute("INSERT INTO shop.items VALUES (2)");

            RowChange after = awaitRow(2);
            assertThat(after.position().epoch())
                    .isGreaterThan(awaitRow(1).position().epoch());
            assertThat(ids()).contains(IntStream.range(10, 210).boxed().toArray(Integer[]::new));
            assertThat(Files.readString(state.resolve("state.json"))).contains(replica.value("SELECT @@server_uuid"));
        }
    }

    @Test
    void anotherServerThatComesWhileTheEngineConnectsIsNoticed() throws Exception {
        try (var floe = capture()) {
            awaitEndOfSnapshot();
            world.mysql.execute("INSERT INTO shop.items VALUES (1)");
            awaitRow(1);
        }
        long before = awaitRow(1).position().epoch();
        world.mysql.execute("INSERT INTO shop.items VALUES (2)");
        awaitReplica();
        // The first connection is that of the check before the start.
        address.moveAfter(1, replica.port());

        try (var floe = capture()) {
            assertThat(awaitRow(2).position().epoch()).isGreaterThan(before);
        }
    }

    private CamelMainApplication capture() throws Exception {
        return world.capture(ITEMS, "capture.port", String.valueOf(address.port()), "capture.heartbeat", "3s");
    }

    private void insert(int from, int count) {
        world.mysql.execute(IntStream.range(from, from + count)
                .mapToObj(id -> "INSERT INTO shop.items VALUES (" + id + ")")
                .toArray(String[]::new));
    }

    private void awaitReplica() {
        String done = world.mysql.value("SELECT @@GLOBAL.gtid_executed");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(replica.value("SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)", done))
                        .isEqualTo("1"));
    }

    private void awaitEndOfSnapshot() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(state.resolve("state.json"))
                .content()
                .contains("\"file\"")
                .doesNotContain("\"snapshot\""));
    }

    private RowChange awaitRow(int id) {
        List<RowChange> found = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> world.rowChanges().stream()
                                .filter(row -> row.image().path("id").asInt() == id)
                                .toList(),
                        rows -> !rows.isEmpty());
        return found.get(0);
    }

    private List<Integer> ids() {
        return world.rowChanges().stream()
                .map(row -> row.image().path("id").asInt())
                .toList();
    }
}
