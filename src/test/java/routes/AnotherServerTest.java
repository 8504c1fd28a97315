package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import change.RowChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failover: behind the address that capture reads from another server goes on with the same transactions. */
class AnotherServerTest {

    @TempDir
    Path folder;

    @Test
    void anotherServerBehindTheAddressStartsANewEpochAndNothingIsLost() throws Exception {
        try (CaptureWorld world = new CaptureWorld(folder.resolve("state"))) {
            world.mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.items (id int PRIMARY KEY)");
            try (var floe = world.capture("shop.items", "capture.heartbeat", "1s")) {
                world.mysql.execute("INSERT INTO shop.items VALUES (1)");
                awaitRow(world, 1);
                world.mysql.stop();
                Path copy = folder.resolve("copy");
                copy(world.mysql.dataDirectory(), copy);
                // A server without this file gives itself a new server_uuid.
                Files.delete(copy.resolve("auto.cnf"));
                try (MySqlServer other = new MySqlServer(MySqlSettings.defaults()
                                .withPort(world.mysql.port())
                                .withPassword(world.mysql.password())
                                .withDataDirectory(copy))
                        .start()) {
                    other.execute("INSERT INTO shop.items VALUES (2)");

                    RowChange after = awaitRow(world, 2);

                    assertThat(after.position().epoch())
                            .isGreaterThan(awaitRow(world, 1).position().epoch());
                    assertThat(Files.readString(folder.resolve("state/state.json")))
                            .contains(other.value("SELECT @@server_uuid"));
                }
            }
        }
    }

    private static RowChange awaitRow(CaptureWorld world, int id) {
        List<RowChange> found = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> world.rowChanges().stream()
                                .filter(row -> row.image().path("id").asInt() == id)
                                .toList(),
                        rows -> !rows.isEmpty());
        return found.get(0);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                if (Files.isDirectory(path) || Files.isRegularFile(path)) {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                }
            }
        }
    }
}
