package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables without a primary key, and tables whose foreign keys cascade, beside others. */
class KeysAndCascadesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path state;

    private CaptureWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE DATABASE other",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(20))",
                "INSERT INTO shop.items VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void rowsAreToldApartByAUniqueIndexOrByTheColumnsThatAreNamed() throws Exception {
        world.mysql.execute(
                "CREATE TABLE shop.codes (code VARCHAR(9) NOT NULL, n INT, UNIQUE KEY (code))",
                "INSERT INTO shop.codes VALUES ('a', 1), ('b', 2)",
                "CREATE TABLE shop.log (day INT, number INT, note VARCHAR(9))",
                "INSERT INTO shop.log VALUES (1, 1, 'x'), (1, 2, 'y')",
                "CREATE TABLE shop.heap (n INT)");

        try (var floe = capture("capture.key.shop.log", "day, number")) {
            floe.run(
                    "UPDATE shop.codes SET n = 3 WHERE code = 'b'",
                    "UPDATE shop.codes SET code = 'c' WHERE code = 'a'",
                    "UPDATE shop.log SET note = 'z' WHERE number = 2",
                    "UPDATE shop.log SET day = 2 WHERE number = 1",
                    "DELETE FROM shop.log WHERE note = 'z'",
                    "INSERT INTO shop.log VALUES (3, 3, 'w')",
                    "INSERT INTO shop.heap VALUES (1)",
                    "INSERT INTO shop.items VALUES (4, 'four')");

            Copy.awaitEqual(world, "shop.codes");
            Copy.awaitEqual(world, "shop.log");
            Copy.awaitEqual(world, "shop.items");
            assertThat(floe.diverged())
                    .singleElement()
                    .asString()
                    .startsWith("shop.heap: set aside")
                    .contains("add one", "capture.key.shop.heap", "!shop.heap in capture.tables");
        }
    }

    @Test
    void aTableThatLosesItsKeyIsSetAsideUntilItHasOneAgain() throws Exception {
        try (var floe = capture()) {
            floe.run("ALTER TABLE shop.items DROP PRIMARY KEY", "INSERT INTO shop.items VALUES (4, 'four')");

            assertThat(floe.diverged("shop.items")).anyMatch(entry -> entry.contains("set aside"));

            floe.run("ALTER TABLE shop.items ADD PRIMARY KEY (id)", "INSERT INTO shop.items VALUES (5, 'five')");

            Copy.awaitEqual(world, "shop.items");
            await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
        }
    }

    @Test
    void aChildThatCascadesIsSetAsideAlone() throws Exception {
        children();

        try (var floe = capture()) {
            floe.run("DELETE FROM shop.items WHERE id = 2", "INSERT INTO shop.items VALUES (4, 'four')");

            Copy.awaitEqual(world, "shop.items");
            Copy.awaitEqual(world, "shop.restricted");
            assertThat(floe.diverged())
                    .hasSize(4)
                    .allMatch(entry -> entry.contains("set aside") && entry.contains("capture.cascades=reread"));
            floe.run(
                    "CREATE TABLE shop.later (id INT PRIMARY KEY, item INT)",
                    "ALTER TABLE shop.later ADD FOREIGN KEY (item) REFERENCES shop.items (id) ON DELETE SET NULL");
            assertThat(floe.diverged("shop.later")).singleElement().asString().contains("set aside");
        }
    }

    @Test
    void aChildThatCascadesIsReadAgainWhereThatIsChosen() throws Exception {
        children();

        try (var floe = capture("capture.cascades", "reread")) {
            floe.run("UPDATE shop.items SET name = 'other'");
            assertThat(floe.diverged()).isEmpty();
            assertThat(world.snapshotEnds()).as("one for each table").hasSize(7);

            floe.run(
                    "DELETE FROM shop.items WHERE id = 2",
                    "UPDATE shop.items SET id = 30 WHERE id = 3",
                    "DELETE FROM other.parents WHERE id = 1");

            for (String table : new String[] {"items", "lines", "notes", "moved", "distant", "restricted"}) {
                Copy.awaitEqual(world, "shop." + table);
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
            assertThat(ends("shop.restricted")).isEqualTo(1);
            assertThat(ends("shop.items")).isEqualTo(1);
        }
    }

    /** A line goes with its item, and its notes with it; one moves with it; one goes with a parent that nobody captures. */
    private void children() {
        world.mysql.execute(
                "CREATE TABLE shop.lines (id INT PRIMARY KEY, item INT,"
                        + " FOREIGN KEY (item) REFERENCES shop.items (id) ON DELETE CASCADE ON UPDATE SET NULL)",
                "CREATE TABLE shop.notes (id INT PRIMARY KEY, line INT,"
                        + " FOREIGN KEY (line) REFERENCES shop.lines (id) ON DELETE SET NULL)",
                "CREATE TABLE shop.moved (id INT PRIMARY KEY, item INT,"
                        + " FOREIGN KEY (item) REFERENCES shop.items (id) ON UPDATE CASCADE)",
                "CREATE TABLE other.parents (id INT PRIMARY KEY)",
                "CREATE TABLE shop.distant (id INT PRIMARY KEY, parent INT,"
                        + " FOREIGN KEY (parent) REFERENCES other.parents (id) ON DELETE CASCADE)",
                "CREATE TABLE shop.restricted (id INT PRIMARY KEY, item INT,"
                        + " FOREIGN KEY (item) REFERENCES shop.items (id))",
                "INSERT INTO shop.lines VALUES (1, 1), (2, 2), (3, 3)",
                "INSERT INTO shop.notes VALUES (1, 1), (2, 2), (3, 3)",
                "INSERT INTO shop.moved VALUES (1, 1), (3, 3)",
                "INSERT INTO other.parents VALUES (1), (2)",
                "INSERT INTO shop.distant VALUES (1, 1), (2, 2)",
                "INSERT INTO shop.restricted VALUES (1, 1)");
    }

    private WatchedCapture capture(String... more) throws Exception {
        String[] settings = new String[more.length + 4];
        System.arraycopy(more, 0, settings, 0, more.length);
        settings[more.length] = "capture.reread";
        settings[more.length + 1] = "auto";
        settings[more.length + 2] = "capture.heartbeat";
        settings[more.length + 3] = "1s";
        return new WatchedCapture(world, state, "shop.*", settings);
    }

    private long ends(String table) {
        return world.snapshotEnds().stream()
                .filter(end -> end.table().toString().equals(table))
                .count();
    }
}
