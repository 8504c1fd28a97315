package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that come under a pattern are captured and read, and those that go are told, while capture runs and through restarts. */
class TablesComeAndGoTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path state;

    private CaptureWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE DATABASE `a.b`",
                "CREATE DATABASE other",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE shop.tmp_1 (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE `a.b`.`c, d ``e` (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE other.old (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE VIEW shop.latest AS SELECT * FROM shop.items",
                "INSERT INTO shop.items VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO shop.orders VALUES (1, 'one')",
                "INSERT INTO shop.tmp_1 VALUES (1, 'one')",
                "INSERT INTO `a.b`.`c, d ``e` VALUES (1, 'one')",
                "INSERT INTO other.old VALUES (1, 'one'), (7, 'seven')");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void patternsOfSeveralSchemasMeanTheirTablesAndNoOthers() throws Exception {
        try (var floe = capture("shop.*, !shop.tmp_*, `a.b`.*")) {
            floe.run(
                    "INSERT INTO shop.items VALUES (3, 'three')",
                    "INSERT INTO shop.tmp_1 VALUES (3, 'three')",
                    "INSERT INTO `a.b`.`c, d ``e` VALUES (3, 'three')",
                    "CREATE TEMPORARY TABLE shop.passing (id INT PRIMARY KEY)",
                    "INSERT INTO shop.passing VALUES (1)",
                    "INSERT INTO other.old VALUES (3, 'three')");

            Copy.awaitEqual(world, "shop.items");
            Copy.awaitEqual(world, "shop.orders");
            Copy.awaitEqual(world, "`a.b`.`c, d ``e`");
            assertThat(tables())
                    .containsExactlyInAnyOrder("shop.items", "shop.orders", "`a.b`.`c, d ``e`", "watched.marks");
            assertThat(floe.health("capture").getDetails()).doesNotContainKey("warnings");
        }
    }

    @Test
    void healthCountsTablesByWhatCaptureDoesWithThem() throws Exception {
        world.mysql.execute("CREATE TABLE shop.keyless (a INT)");
        try (var floe = new WatchedCapture(world, state, "shop.*, !shop.tmp_*", "capture.heartbeat", "1s")) {
            floe.run("ALTER TABLE shop.items ADD COLUMN more INT DEFAULT 5");

            assertThat(floe.health("capture").getDetails())
                    .containsEntry("tables", "2 streaming, 1 diverged, 1 set aside");
        }
    }

    @Test
    void aPatternThatMatchesNothingIsAWarningWhileSomethingIsCaptured() throws Exception {
        try (var floe = capture("shop.items, shop.missing, crm.*")) {
            assertThat(floe.health("capture").getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(floe.diverged()).isEmpty();
            assertThat(warnings(floe)).endsWith("shop.missing, crm.*");

            floe.run(
                    "CREATE DATABASE crm",
                    "CREATE TABLE crm.people (id INT PRIMARY KEY, name VARCHAR(20))",
                    "INSERT INTO crm.people VALUES (1, 'Ann')");

            assertThat(warnings(floe)).endsWith(": shop.missing");
            Copy.awaitEqual(world, "crm.people");
        }
    }

    @Test
    void tablesThatComeAreCapturedAndReadWhileCaptureRuns() throws Exception {
        try (var floe = capture("shop.*, !shop.tmp_*")) {
            floe.run(
                    "CREATE TABLE shop.made (id INT PRIMARY KEY, name VARCHAR(20))",
                    "INSERT INTO shop.made VALUES (1, 'one')",
                    "CREATE TABLE shop.alike LIKE shop.items",
                    "INSERT INTO shop.alike SELECT * FROM shop.items",
                    "USE shop",
                    "RENAME TABLE other.old TO shop.renamed",
                    "UPDATE shop.renamed SET name = 'changed' WHERE id = 7",
                    "ALTER TABLE tmp_1 RENAME TO moved",
                    "CREATE VIEW shop.seen AS SELECT * FROM shop.moved");

            for (String table : List.of("made", "alike", "renamed", "moved")) {
                Copy.awaitEqual(world, "shop." + table);
            }
            awaitNothingDiverged(floe);
            assertThat(tables()).doesNotContain("shop.seen", "shop.latest", "shop.tmp_1", "other.old");
            assertThat(ends("shop.made"))
                    .as("what is made empty need not be read")
                    .isZero();
        }
    }

    /** As gh-ost and pt-online-schema-change do it. */
    @Test
    void aTableThatAnotherTakesThePlaceOfIsReadAgain() throws Exception {
        try (var floe = capture("shop.*, !shop._*")) {
            floe.run(
                    "CREATE TABLE shop._orders_gho LIKE shop.orders",
                    "ALTER TABLE shop._orders_gho ADD COLUMN more INT NOT NULL DEFAULT 5",
                    "INSERT INTO shop._orders_gho (id, name) SELECT id, name FROM shop.orders",
                    "RENAME TABLE shop.orders TO shop._orders_del, shop._orders_gho TO shop.orders",
                    "INSERT INTO shop.orders VALUES (2, 'two', 6)",
                    "DROP TABLE shop._orders_del");

            Copy.awaitEqual(world, "shop.orders");
            awaitNothingDiverged(floe);
        }
    }

    @Test
    void aTableThatGoesIsToldAndStopsNoOtherAlsoAfterARestart() throws Exception {
        try (var floe = capture("shop.items, shop.orders, shop.tmp_*")) {
            floe.run(
                    "RENAME TABLE shop.orders TO other.orders",
                    "DROP TABLE shop.tmp_1",
                    "INSERT INTO shop.items VALUES (3, 'three')");

            assertThat(warnings(floe)).endsWith(": shop.orders, shop.tmp_*");
            awaitNothingDiverged(floe);
            assertThat(Copy.isEmpty(world, "shop.orders")).isTrue();
        }
        try (var floe = capture("shop.items, shop.orders, shop.tmp_*")) {
            floe.run("INSERT INTO shop.items VALUES (4, 'four')");

            assertThat(warnings(floe)).endsWith(": shop.orders, shop.tmp_*");
            Copy.awaitEqual(world, "shop.items");
            floe.run("RENAME TABLE other.orders TO shop.orders");

            Copy.awaitEqual(world, "shop.orders");
            awaitNothingDiverged(floe);
        }
    }

    @Test
    void whatCameAndWentWhileNothingRanIsFollowed() throws Exception {
        try (var floe = capture("shop.*")) {
            Copy.awaitEqual(world, "shop.tmp_1");
        }
        world.mysql.execute(
                "INSERT INTO shop.tmp_1 VALUES (4, 'four')",
                "DROP TABLE shop.tmp_1",
                "CREATE TABLE shop.passing (id INT PRIMARY KEY)",
                "INSERT INTO shop.passing VALUES (1)",
                "DROP TABLE shop.passing",
                "RENAME TABLE shop.orders TO shop.former, other.old TO shop.orders",
                "INSERT INTO shop.former VALUES (9, 'nine')",
                "CREATE TABLE shop.made (id INT PRIMARY KEY, name VARCHAR(20))",
                "INSERT INTO shop.made VALUES (1, 'one')");

        try (var floe = capture("shop.*")) {
            floe.awaitAll();
            for (String table : List.of("items", "orders", "former", "made")) {
                Copy.awaitEqual(world, "shop." + table);
            }
            assertThat(Copy.isEmpty(world, "shop.tmp_1")).isTrue();
            assertThat(Copy.isEmpty(world, "shop.passing")).isTrue();
            awaitNothingDiverged(floe);
        }
    }

    @Test
    void aTableThatIsMadeAgainHasItsNewRowsAlone() throws Exception {
        try (var floe = capture("shop.*")) {
            floe.run(
                    "DROP TABLE shop.items",
                    "CREATE TABLE shop.items (code VARCHAR(9) PRIMARY KEY)",
                    "INSERT INTO shop.items VALUES ('a')",
                    "DROP DATABASE `a.b`",
                    "CREATE DATABASE `a.b`");

            Copy.awaitEqual(world, "shop.items");
            awaitNothingDiverged(floe);
        }
    }

    @Test
    void aTableThatCannotBeCapturedIsNamedAndIsCapturedOnceItIsMended() throws Exception {
        try (var floe = capture("shop.*")) {
            floe.run("CREATE TABLE shop.log (at INT NOT NULL)", "INSERT INTO shop.log VALUES (1), (2)");

            assertThat(floe.diverged("shop.log"))
                    .singleElement()
                    .asString()
                    .contains("set aside")
                    .contains("The key of shop.log is missing");
            floe.run("INSERT INTO shop.items VALUES (3, 'three')");
            Copy.awaitEqual(world, "shop.items");

            floe.run("ALTER TABLE shop.log ADD PRIMARY KEY (at)", "INSERT INTO shop.log VALUES (3)");

            Copy.awaitEqual(world, "shop.log");
            awaitNothingDiverged(floe);
        }
    }

    private WatchedCapture capture(String tables) throws Exception {
        return new WatchedCapture(world, state, tables, "capture.reread", "auto", "capture.heartbeat", "1s");
    }

    private static String warnings(WatchedCapture floe) {
        return String.valueOf(floe.health("capture").getDetails().get("warnings"));
    }

    private static void awaitNothingDiverged(WatchedCapture floe) {
        await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
    }

    private List<String> tables() {
        return world.changes().stream()
                .map(change -> change.table().toString())
                .distinct()
                .toList();
    }

    private long ends(String table) {
        return world.snapshotEnds().stream()
                .filter(end -> end.table().toString().equals(table))
                .count();
    }
}
