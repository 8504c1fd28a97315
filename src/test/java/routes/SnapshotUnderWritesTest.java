package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that begins while the table takes writes, without any lock. */
class SnapshotUnderWritesTest {

    private static final String ITEMS = "shop.items";

    @TempDir
    Path state;

    @RepeatedTest(3)
    void whatIsCommittedWhileASnapshotBeginsIsInItOrComesAfterIt() throws Exception {
        try (CaptureWorld world = new CaptureWorld(state)) {
            world.mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.items (id int PRIMARY KEY)");
            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Integer> last = CompletableFuture.supplyAsync(() -> write(world, writing));

            try (var floe = world.capture(ITEMS)) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(ids(world, false)).isNotEmpty());
                writing.set(false);
                int written = last.get();
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(ids(world, false)).contains(written));
            }

            Set<Integer> all = IntStream.rangeClosed(1, last.get()).boxed().collect(Collectors.toSet());
            Set<Integer> arrived = ids(world, true);
            arrived.addAll(ids(world, false));
            assertThat(arrived).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** Inserts rows one by one and returns the id of the last. */
    private static int write(CaptureWorld world, AtomicBoolean writing) {
        int id = 0;
        try (Connection connection = world.mysql.connection();
                Statement statement = connection.createStatement()) {
            while (writing.get()) {
                statement.execute("INSERT INTO shop.items VALUES (" + (id + 1) + ")");
                id++;
            }
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Integer> ids(CaptureWorld world, boolean ofSnapshot) {
        return world.rowChanges().stream()
                .filter(row -> row.snapshot() == ofSnapshot)
                .map(row -> row.image().get("id").intValue())
                .collect(Collectors.toSet());
    }
}
