package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.MadeKey;
import floe.change.RowChange;
import floe.change.TableId;
import floe.state.SnapshotRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables without a key, whose rows are told apart by all their values, or each kept for itself. */
class KeylessTablesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HEAP = "shop.heap";

    @TempDir
    Path state;

    private CaptureWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.heap (n INT, name VARCHAR(20), f FLOAT, g INT AS (n * 2) VIRTUAL)",
                "INSERT INTO shop.heap (n, name) VALUES (1, 'one'), (1, 'one'), (2, NULL), (NULL, ''), (NULL, NULL)");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** Statements that leave no row behind that is equal to one that went: of two equal ones nobody knows that one is left. */
    @Test
    void whateverBecomesOfRowsTheirCopyHasEachOnce() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (var floe = capture("capture.no-key", "hash")) {
            for (int i = 0; i < 60; i++) {
                floe.session(transaction(random));
            }
            floe.awaitAll();

            await("seed " + seed).atMost(SOON).untilAsserted(() -> assertThat(floe.diverged())
                    .isEmpty());
            Copy.awaitEqual(world, HEAP);
        }
    }

    /** Where rows are equal only within a transaction, and it leaves no doubt about any, nothing is read again. */
    @Test
    void rowsThatAreEqualOnlyWhileATransactionRunsAreToldApart() throws Exception {
        world.mysql.execute(
                "DELETE FROM shop.heap",
                "INSERT INTO shop.heap (n) WITH RECURSIVE many AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM many"
                        + " WHERE n < 999) SELECT n FROM many");
        try (var floe = capture("capture.no-key", "hash")) {
            floe.run(
                    "UPDATE shop.heap SET n = n + 1",
                    "UPDATE shop.heap SET n = n - 1 ORDER BY n DESC",
                    "START TRANSACTION",
                    "UPDATE shop.heap SET n = 1000 - n",
                    "UPDATE shop.heap SET n = n + 1",
                    "UPDATE shop.heap SET n = n - 1 ORDER BY n DESC",
                    "COMMIT",
                    "DELETE FROM shop.heap WHERE n % 2 = 0");

            Copy.awaitEqual(world, HEAP);
            assertThat(floe.diverged()).isEmpty();
            assertThat(ends()).isEqualTo(1);
        }
    }

    private static String[] transaction(Random random) {
        List<String> statements = new ArrayList<>(List.of("START TRANSACTION"));
        for (int i = random.nextInt(4); i >= 0; i--) {
            statements.add(statement(random));
        }
        statements.add("COMMIT");
        return statements.toArray(String[]::new);
    }

    private static String statement(Random random) {
        String value = random.nextInt(5) == 0 ? "NULL" : String.valueOf(random.nextInt(6));
        String name = random.nextBoolean() ? "'a'" : "NULL";
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                "INSERT INTO shop.heap (n, name, f) VALUES (" + value + ", " + name + ", 0.1), (" + value
                        + ", 'b', NULL), (" + value + ", 'b', NULL)";
            case 3 -> "DELETE FROM shop.heap WHERE n <=> " + value;
            case 4 -> "UPDATE shop.heap SET n = n + 1";
            case 5 -> "UPDATE shop.heap SET n = n - 1 ORDER BY n DESC";
            case 6 -> "UPDATE shop.heap SET name = " + name + " WHERE n <=> " + value;
            default -> "UPDATE shop.heap SET n = 6 - n, f = -f";
        };
    }

    /** The hash is what docs/loading.md says, by MySQL's own function. */
    @Test
    void anyoneCanComputeTheHash() throws Exception {
        world.mysql.execute(
                "INSERT INTO shop.heap (n, name, f) VALUES (3, 'Zo\u00eb \"x\"\n', 0.25), (-4, '~', -1e10)");
        try (var floe = capture("capture.no-key.shop.heap", "hash")) {
            floe.run("INSERT INTO shop.heap (n, name, f) VALUES (5, '1:a', 1.5)");

            Set<String> hashes = floe.rows(HEAP).stream()
                    .map(row -> row.image().path("_row_hash").asText())
                    .collect(Collectors.toSet());
            String text = Stream.of("n", "name", "IF(f = -1e10, '-1.0E10', CAST(f AS CHAR))", "g")
                    .map(column -> "IFNULL(CONCAT(LENGTH(" + column + "), ':', " + column + "), '~')")
                    .collect(Collectors.joining(", ", "CONCAT(", ")"));
            assertThat(hashes)
                    .containsExactlyInAnyOrderElementsOf(
                            world.mysql.query("SELECT DISTINCT SHA2(" + text + ", 256) AS h FROM shop.heap").stream()
                                    .map(row -> String.valueOf(row.get("h")))
                                    .toList());
        }
    }

    @Test
    void ofTwoEqualRowsOneIsLeftOnceTheTableWasReadAgain() throws Exception {
        try (var floe = capture("capture.no-key", "hash")) {
            floe.run("DELETE FROM shop.heap WHERE n = 1 LIMIT 1");
            assertThat(floe.diverged()).isEmpty();

            ask();

            Copy.awaitEqual(world, HEAP);
        }
    }

    @Test
    void aTransactionTooLargeToBeHeldIsReadAgain() throws Exception {
        try (var floe = capture("capture.no-key", "hash", "capture.row-bytes", "20000")) {
            floe.run(
                    "INSERT INTO shop.heap (n) WITH RECURSIVE many AS (SELECT 10 AS n UNION ALL SELECT n + 1 FROM many"
                            + " WHERE n < 900) SELECT n FROM many",
                    "UPDATE shop.heap SET n = n + 1");

            await().atMost(SOON).until(() -> ends() == 2);
            Copy.awaitEqual(world, HEAP);
            await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
        }
    }

    @Test
    void aKeylessTableFollowsWhatBecomesOfItsColumnsAndItsKey() throws Exception {
        try (var floe = capture("capture.no-key", "hash")) {
            for (String change : List.of(
                    "ADD COLUMN more INT",
                    "MODIFY name VARCHAR(20) FIRST",
                    "DROP COLUMN f",
                    "ADD COLUMN id INT AUTO_INCREMENT PRIMARY KEY",
                    "MODIFY id INT, DROP PRIMARY KEY",
                    "RENAME COLUMN more TO other",
                    "MODIFY n BIGINT")) {
                floe.run(
                        "ALTER TABLE shop.heap " + change,
                        "INSERT INTO shop.heap (n) VALUES (7)",
                        "DELETE FROM shop.heap WHERE n IS NULL");
                Copy.awaitEqual(world, HEAP);
                await(change).atMost(SOON).untilAsserted(() -> assertThat(floe.diverged())
                        .isEmpty());
                Copy.awaitEqual(world, HEAP);
            }
        }
    }

    @Test
    void eachRowIsKeptForItself() throws Exception {
        try (var floe = capture("capture.no-key", "append")) {
            Copy.awaitEqual(world, HEAP);
            floe.run(
                    "INSERT INTO shop.heap (n) VALUES (3), (3), (3)",
                    "START TRANSACTION",
                    "INSERT INTO shop.heap (n) VALUES (4), (4)",
                    "INSERT INTO shop.heap (n) VALUES (4)",
                    "COMMIT");
            Copy.awaitEqual(world, HEAP);

            long before = writes(floe);
            floe.run("UPDATE shop.heap SET name = 'four' WHERE n = 4", "DELETE FROM shop.heap WHERE n = 3");
            assertThat(writes(floe)).isEqualTo(before + 3);
            assertThat(floe.rows(HEAP)).allMatch(row -> row.after() != null);

            ask();
            Copy.awaitEqual(world, HEAP);
        }
    }

    /** A row that was written while the table was read is there twice until it was read again. */
    @Test
    void rowsThatComeWhileTheTableIsReadAreThereOnceInTheEnd() throws Exception {
        try (var floe = capture("capture.no-key", "append")) {
            for (int round = 0; round < 5; round++) {
                ask();
                for (int i = 0; i < 40; i++) {
                    floe.session("INSERT INTO shop.heap (n) VALUES (" + i + ")");
                }
            }

            Copy.awaitEqual(world, HEAP);
            await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
            Copy.awaitEqual(world, HEAP);
        }
    }

    @Test
    void whatIsReadAgainAfterACrashIsThereOnce() throws Exception {
        try (var floe = capture("capture.no-key", "append")) {
            Copy.awaitEqual(world, HEAP);
            floe.awaitAll();
        }
        byte[] saved = Files.readAllBytes(state.resolve("state.json"));
        try (var floe = capture("capture.no-key", "append")) {
            floe.run("INSERT INTO shop.heap (n) VALUES (8), (8)", "UPDATE shop.heap SET n = 9 WHERE n = 8");
        }
        Files.write(state.resolve("state.json"), saved);
        try (var floe = capture("capture.no-key", "append")) {
            floe.run("INSERT INTO shop.heap (n) VALUES (10)");

            assertThat(ids(floe, 8)).hasSize(2);
            assertThat(ids(floe, 9)).hasSize(2);
            assertThat(ids(floe, 10)).hasSize(1);
        }
    }

    @Test
    void anotherWayToTellRowsApartHasTheTableReadAgain() throws Exception {
        for (String way : List.of("append", "hash", "append")) {
            try (var floe = capture("capture.no-key", way)) {
                floe.run("INSERT INTO shop.heap (n) VALUES (3)");

                await(way).atMost(SOON).untilAsserted(() -> assertThat(floe.diverged())
                        .isEmpty());
                Copy.awaitEqual(world, HEAP);
                assertThat(floe.rows(HEAP).get(floe.rows(HEAP).size() - 1).key())
                        .containsExactly(MadeKey.valueOf(way.toUpperCase(Locale.ROOT))
                                .column()
                                .name());
            }
        }
    }

    @Test
    void aColumnOfTheNameThatFloeWouldMakeSetsTheTableAside() throws Exception {
        world.mysql.execute("CREATE TABLE shop.hashed (n INT, _ROW_Hash CHAR(64))", "CREATE TABLE shop.other (n INT)");
        try (var floe = capture("capture.no-key", "hash", "capture.no-key.shop.other", "refuse")) {
            assertThat(floe.diverged("shop.hashed")).singleElement().asString().contains("set aside", "_row_hash");
            assertThat(floe.diverged("shop.other"))
                    .singleElement()
                    .asString()
                    .contains("set aside", "capture.key.shop.other", "capture.no-key.shop.other=hash", "!shop.other");
            Copy.awaitEqual(world, HEAP);
        }
    }

    private static Set<String> ids(WatchedCapture floe, int number) {
        return floe.rows(HEAP).stream()
                .map(RowChange::image)
                .filter(image -> image.path("n").asInt() == number)
                .map(image -> image.path("_row_id").asText())
                .collect(Collectors.toSet());
    }

    private static long writes(WatchedCapture floe) {
        return floe.rows(HEAP).size();
    }

    private void ask() throws Exception {
        SnapshotRequests.in(state).ask(SnapshotRequests.Wish.READ, List.of(TableId.parse(HEAP)));
    }

    private long ends() {
        return world.snapshotEnds().stream()
                .filter(end -> end.table().toString().equals(HEAP))
                .count();
    }

    private WatchedCapture capture(String... more) throws Exception {
        String[] settings = Arrays.copyOf(more, more.length + 4);
        settings[more.length] = "capture.reread";
        settings[more.length + 1] = "auto";
        settings[more.length + 2] = "capture.heartbeat";
        settings[more.length + 3] = "1s";
        return new WatchedCapture(world, state, "shop.*", settings);
    }
}
