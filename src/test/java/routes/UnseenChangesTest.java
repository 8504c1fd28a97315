package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.StageHealth.awaitBinlogIsRead;

import floe.change.Change;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.TableChange;
import floe.change.TableId;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.state.SnapshotRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What MySQL does not write to its binlog as rows, and that capture says so until the table is snapshotted again. */
class UnseenChangesTest {

    private static final String TABLES = "shop.items,shop.orders,shop.parts,shop.lists";
    private static final Pattern DIVERGED = Pattern.compile("(?m)^(\\S+) has diverged: (.*), last at ");

    private CaptureWorld world;

    @TempDir
    Path state;

    @BeforeEach
    void seed() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE DATABASE other",
                "CREATE TABLE shop.items (id int PRIMARY KEY, name varchar(20), doc json)",
                "CREATE TABLE shop.orders (id int PRIMARY KEY, name varchar(20))",
                "CREATE TABLE shop.parts (id int PRIMARY KEY) PARTITION BY RANGE (id)"
                        + " (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (100))",
                "CREATE TABLE shop.lists (id int PRIMARY KEY) PARTITION BY LIST (id)"
                        + " (PARTITION p0 VALUES IN (1, 2), PARTITION p1 VALUES IN (3))",
                "CREATE TABLE shop.spare (id int PRIMARY KEY)",
                "CREATE TABLE shop.new_orders (id int PRIMARY KEY, name varchar(20))",
                "CREATE TABLE other.items (id int PRIMARY KEY, name varchar(20))",
                "INSERT INTO shop.items VALUES (1, 'one', '{\"a\": \"" + "x".repeat(100) + "\"}')",
                "INSERT INTO shop.orders VALUES (1, 'one')",
                "INSERT INTO shop.parts VALUES (1), (50)",
                "INSERT INTO shop.lists VALUES (1), (2), (3)");
    }

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<Arguments> unseen() {
        return Stream.of(
                unseen(
                        "shop.items",
                        "INSERT as a statement instead of rows (binlog_format)",
                        "SET binlog_format = STATEMENT",
                        "INSERT INTO shop.items VALUES (2, 'secret', NULL)"),
                unseen(
                        "shop.orders",
                        "UPDATE as a statement instead of rows (binlog_format)",
                        "SET binlog_format = STATEMENT",
                        "USE shop",
                        "UPDATE `orders` /* all */ SET name = 'secret'"),
                unseen(
                        "shop.items",
                        "DELETE as a statement instead of rows (binlog_format)",
                        "SET binlog_format = STATEMENT",
                        "USE other",
                        "DELETE FROM shop.items"),
                unseen(
                        "shop.parts",
                        "ALTER TABLE ... TRUNCATE PARTITION",
                        "ALTER TABLE shop.parts TRUNCATE PARTITION p0"),
                unseen(
                        "shop.parts",
                        "ALTER TABLE ... DROP PARTITION",
                        "USE shop",
                        "ALTER TABLE parts DROP PARTITION p0"),
                unseen(
                        "shop.parts",
                        "ALTER TABLE ... EXCHANGE PARTITION",
                        "ALTER TABLE shop.parts EXCHANGE PARTITION p0 WITH TABLE shop.spare"),
                // MySQL 8.0.12 drops the row of 2 here.
                unseen(
                        "shop.lists",
                        "ALTER TABLE ... REORGANIZE PARTITION",
                        "ALTER TABLE shop.lists REORGANIZE PARTITION p0 INTO (PARTITION p0 VALUES IN (1))"),
                unseen(
                        "shop.orders",
                        "RENAME TABLE",
                        "RENAME TABLE shop.orders TO shop.old_orders, shop.new_orders TO shop.orders",
                        "INSERT INTO shop.orders VALUES (9, 'nine')"),
                unseen(
                        "shop.orders",
                        "it was not captured before, so earlier rows were not read",
                        "DROP TABLE shop.orders",
                        "ALTER TABLE shop.new_orders RENAME TO shop.orders"),
                unseen(
                        "shop.items",
                        "UPDATE of parts of JSON documents (binlog_row_value_options=PARTIAL_JSON)",
                        "SET binlog_row_value_options = PARTIAL_JSON",
                        "UPDATE shop.items SET doc = JSON_SET(doc, '$.a', 'secret')"),
                unseen(
                        "shop.orders",
                        "XA ROLLBACK of prepared rows",
                        "XA START 'a', 'b', 7",
                        "INSERT INTO shop.orders VALUES (2, 'secret')",
                        "XA END 'a', 'b', 7",
                        "XA PREPARE 'a', 'b', 7",
                        "XA ROLLBACK 'a', 'b', 7"));
    }

    private static Arguments unseen(String table, String what, String... statements) {
        return Arguments.of(table, what, statements);
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void whatComesWithoutRowsIsToldOfItsTableOnly(String table, String what, String... statements) throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            awaitBinlogIsRead(floe.camel());
            inOneSession(statements);

            awaitDiverged(floe.camel(), table + ": " + what);
            assertThat(message(floe.camel())).contains("floe snapshot").doesNotContain("secret");
            assertThat(Files.readString(state.resolve("state.json"))).doesNotContain("secret");
        }
    }

    @Test
    void dataLoadedAsAStatementCountsForEveryTable() throws Exception {
        Path file = Files.writeString(world.mysql.dataDirectory().resolve("load.txt"), "7\tseven\n");
        try (var floe = capture()) {
            awaitSnapshots(1);
            world.mysql.execute("SET GLOBAL local_infile = ON");
            loadData(file);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(diverged(floe.camel()))
                    .hasSize(4)
                    .allMatch(entry -> entry.contains("LOAD DATA as a statement")));
        }
    }

    /** More sightings than are held in memory: the binlog waits with the stream, and an orderly stop waits for neither. */
    @Test
    void whileNothingIsTakenMySqlWaitsAndAStopDoesNot() throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            world.kinesis.faults().failRecords(1);
            world.mysql.execute("INSERT INTO shop.items VALUES (2, 'two', NULL)");
            String[] statements = new String[10_000];
            Arrays.setAll(statements, number -> "UPDATE shop.orders SET name = '" + number + "'");
            statements[0] = "SET binlog_format = STATEMENT";
            world.mysql.execute(statements);
            world.mysql.execute("INSERT INTO shop.items VALUES (3, 'three', NULL)");
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .as("threads that read the binlog")
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("blc-") && name.endsWith(":" + world.mysql.port())));
        world.kinesis.faults().clear();

        try (var floe = capture()) {
            awaitItem(3);
            awaitDiverged(floe.camel(), "shop.orders: UPDATE as a statement instead of rows (binlog_format)");
        }
    }

    @Test
    void aDatabaseThatIsDroppedTakesItsTablesAlongAndNothingIsLeftToMend() throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            awaitBinlogIsRead(floe.camel());
            inOneSession("SET binlog_format = STATEMENT", "INSERT INTO shop.items VALUES (2, '', NULL)");
            awaitDiverged(floe.camel(), "shop.items: INSERT as a statement instead of rows (binlog_format)");

            world.mysql.execute("DROP DATABASE shop");

            awaitDiverged(floe.camel());
            assertThat(world.changes())
                    .filteredOn(change -> change instanceof TableChange table && table.endsAllBefore())
                    .extracting(change -> change.table().table())
                    .containsExactlyInAnyOrder("items", "orders", "parts", "lists");
        }
    }

    @Test
    void whatFollowsAsRowsOrConcernsOtherTablesMarksNothing() throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            inOneSession(
                    "SET binlog_format = STATEMENT",
                    "USE other",
                    "INSERT INTO items VALUES (1, 'shop.items')",
                    "UPDATE shop.spare SET id = 5");
            inOneSession(
                    "XA START 'c'",
                    "INSERT INTO shop.orders VALUES (2, 'two')",
                    "XA END 'c'",
                    "XA PREPARE 'c'",
                    "XA COMMIT 'c'");
            inOneSession(
                    "XA START 'd'", "INSERT INTO shop.orders VALUES (3, '')", "XA END 'd'", "XA COMMIT 'd' ONE PHASE");
            inOneSession(
                    "XA START 'e'",
                    "INSERT INTO shop.spare VALUES (9)",
                    "XA END 'e'",
                    "XA PREPARE 'e'",
                    "XA ROLLBACK 'e'");
            inOneSession(
                    "BEGIN",
                    "INSERT INTO shop.orders VALUES (4, '')",
                    "SAVEPOINT s",
                    "INSERT INTO shop.orders VALUES (5, '')",
                    "ROLLBACK TO s",
                    "COMMIT");
            inOneSession(
                    "ALTER TABLE shop.orders ADD COLUMN more int, MODIFY name varchar(200)",
                    "ALTER TABLE shop.parts ADD PARTITION (PARTITION p2 VALUES LESS THAN (1000))",
                    "RENAME TABLE shop.spare TO shop.spare2",
                    "TRUNCATE TABLE shop.orders",
                    "INSERT INTO shop.items VALUES (99, 'last', NULL)");

            awaitItem(99);
            assertThat(diverged(floe.camel())).isEmpty();
        }
    }

    @Test
    void rowsKeepFlowingAndARestartKeepsTheMark() throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            inOneSession("SET binlog_format = STATEMENT", "INSERT INTO shop.items VALUES (2, '', NULL)");
            awaitDiverged(floe.camel(), "shop.items: INSERT as a statement instead of rows (binlog_format)");
            world.mysql.execute("INSERT INTO shop.items VALUES (3, '', NULL)");
            awaitItem(3);
        }

        try (var floe = capture()) {
            world.mysql.execute("INSERT INTO shop.items VALUES (4, '', NULL)");
            awaitItem(4);

            awaitDiverged(floe.camel(), "shop.items: INSERT as a statement instead of rows (binlog_format)");
        }
    }

    @Test
    void aTableThatIsCapturedLaterOrAgainHasDivergedUntilASnapshot() throws Exception {
        String what = "it was not captured before, so earlier rows were not read";
        try (var floe = capture("shop.items,shop.orders")) {
            awaitSnapshots(1, "items", "orders");
            assertThat(diverged(floe.camel())).isEmpty();
        }
        try (var floe = capture("shop.items")) {
            inOneSession("INSERT INTO shop.orders VALUES (2, 'nobody reads this')");
            world.mysql.execute("INSERT INTO shop.items VALUES (2, '', NULL)");
            awaitItem(2);
            assertThat(diverged(floe.camel())).isEmpty();
        }

        try (var floe = capture("shop.items,shop.orders,shop.parts")) {
            awaitDiverged(floe.camel(), "shop.orders: " + what, "shop.parts: " + what);
            requests(floe.camel()).ask(SnapshotRequests.Wish.READ, tables(TABLES));

            awaitSnapshots(2, "items", "orders");
            awaitSnapshots(1, "parts");
            awaitDiverged(floe.camel());
        }
        try (var floe = capture("shop.items,shop.orders,shop.parts")) {
            world.mysql.execute("INSERT INTO shop.items VALUES (3, '', NULL)");
            awaitItem(3);
            assertThat(diverged(floe.camel())).isEmpty();
        }
    }

    @Test
    void aRollbackAfterARestartIsOfTheTablesPreparedBeforeIt() throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            inOneSession("XA START 'x'", "INSERT INTO shop.orders VALUES (2, '')", "XA END 'x'", "XA PREPARE 'x'");
            world.mysql.execute("INSERT INTO shop.items VALUES (2, '', NULL)");
            awaitItem(2);
            await().untilAsserted(() ->
                    assertThat(Files.readString(state.resolve("state.json"))).contains("X'78'"));
        }
        inOneSession("XA ROLLBACK 'x'");

        try (var floe = capture()) {
            awaitDiverged(floe.camel(), "shop.orders: XA ROLLBACK of prepared rows");
        }
    }

    @Test
    void aTransactionPreparedBeforeTheSnapshotAndCommittedAfterItCountsForEveryTable() throws Exception {
        inOneSession("XA START 'x'", "INSERT INTO shop.orders VALUES (2, '')", "XA END 'x'", "XA PREPARE 'x'");
        try (var floe = capture()) {
            awaitSnapshots(1);
            inOneSession("XA COMMIT 'x'");

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(diverged(floe.camel()))
                    .contains("shop.orders: XA COMMIT of a transaction whose rows Floe has not read")
                    .hasSize(4));
        }
    }

    @Test
    void aSnapshotAskedForMakesRunningCaptureEqualAgain() throws Exception {
        try (var floe = capture()) {
            awaitSnapshots(1);
            inOneSession(
                    "SET binlog_format = STATEMENT",
                    "INSERT INTO shop.items VALUES (2, '', NULL)",
                    "DELETE FROM shop.orders");
            awaitDiverged(
                    floe.camel(),
                    "shop.items: INSERT as a statement instead of rows (binlog_format)",
                    "shop.orders: DELETE as a statement instead of rows (binlog_format)");
            requests(floe.camel()).ask(SnapshotRequests.Wish.READ, tables(TABLES));

            awaitSnapshots(2);
            awaitDiverged(floe.camel());
            assertThat(requests(floe.camel()).open()).isEmpty();
            world.mysql.execute("INSERT INTO shop.items VALUES (3, '', NULL)");
            awaitItem(3);
        }
        Position first = ends("items").get(0).position();
        Position second = ends("items").get(1).position();
        assertThat(second).isGreaterThan(first);
        assertThat(snapshotIds("items", second)).containsExactlyInAnyOrder(1, 2);
        assertThat(snapshotIds("orders", second)).isEmpty();
        assertThat(ends("orders")).hasSize(2);
    }

    @Test
    void aSnapshotAskedForWhileCaptureIsStoppedIsTakenAtItsStart() throws Exception {
        SnapshotRequests requests;
        try (var floe = capture()) {
            awaitSnapshots(1);
            inOneSession("ALTER TABLE shop.parts TRUNCATE PARTITION p0");
            awaitDiverged(floe.camel(), "shop.parts: ALTER TABLE ... TRUNCATE PARTITION");
            requests = requests(floe.camel());
        }
        requests.ask(SnapshotRequests.Wish.READ, tables(TABLES));

        try (var floe = capture()) {
            awaitSnapshots(2);
            awaitDiverged(floe.camel());
        }
        assertThat(snapshotIds("parts", ends("parts").get(1).position())).containsExactly(50);
    }

    @Test
    void aRequestStaysUntilTheStateSaysThatASnapshotMustBeTaken() throws Exception {
        Path inTheWay = state.resolve("state.json.new");
        SnapshotRequests requests;
        try (var floe = capture()) {
            awaitSnapshots(1);
            requests = requests(floe.camel());
        }
        Files.createDirectory(inTheWay);
        requests.ask(SnapshotRequests.Wish.READ, tables(TABLES));

        try (var floe = capture()) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            result(floe.camel(), "capture").getMessage().orElse(""))
                    .contains("state.json.new"));
            assertThat(requests.open()).hasSize(1);
            Files.delete(inTheWay);

            awaitSnapshots(2);
        }
    }

    private static SnapshotRequests requests(CamelContext camel) {
        return SnapshotRequests.read(new Settings(new CamelLookup(camel)));
    }

    private static List<TableId> tables(String names) {
        return Arrays.stream(names.split(",")).map(TableId::parse).toList();
    }

    private CamelMainApplication capture() throws Exception {
        return capture(TABLES);
    }

    private CamelMainApplication capture(String tables) throws Exception {
        return world.capture(tables, "capture.heartbeat", "1s");
    }

    private void inOneSession(String... statements) throws SQLException {
        try (Connection session = world.mysql.connection();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void loadData(Path file) throws SQLException {
        try (Connection session = DriverManager.getConnection(
                        world.mysql.jdbcUrl() + (world.mysql.jdbcUrl().contains("?") ? "&" : "?")
                                + "allowLoadLocalInfile=true",
                        world.mysql.adminUser(),
                        world.mysql.password());
                Statement statement = session.createStatement()) {
            statement.execute("SET binlog_format = STATEMENT");
            statement.execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE shop.orders");
        }
    }

    private static void awaitDiverged(CamelContext camel, String... entries) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(diverged(camel)).containsExactlyInAnyOrder(entries));
    }

    /** What the health check names, each as table and kind. */
    private static List<String> diverged(CamelContext camel) {
        return DIVERGED.matcher(message(camel))
                .results()
                .map(entry -> entry.group(1) + ": " + entry.group(2))
                .toList();
    }

    private static String message(CamelContext camel) {
        HealthCheck.Result result = result(camel, "diverged-tables");
        String message = result.getMessage().orElse("");
        assertThat(result.getState()).hasToString(message.isEmpty() ? "UP" : "DOWN");
        return message;
    }

    private static HealthCheck.Result result(CamelContext camel, String check) {
        return HealthCheckHelper.invokeReadiness(camel).stream()
                .filter(result -> result.getCheck().getId().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private List<Change> ends(String table) {
        return world.snapshotEnds().stream()
                .filter(end -> end.table().table().equals(table))
                .toList();
    }

    private List<Integer> snapshotIds(String table, Position position) {
        return world.rowChanges().stream()
                .filter(row -> row.snapshot()
                        && row.table().table().equals(table)
                        && row.position().equals(position))
                .map(UnseenChangesTest::id)
                .toList();
    }

    private static int id(RowChange row) {
        return row.image().path("id").asInt();
    }

    private void awaitSnapshots(int count) {
        awaitSnapshots(count, "items", "orders", "parts", "lists");
    }

    private void awaitSnapshots(int count, String... tables) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (String table : tables) {
                assertThat(ends(table)).hasSize(count);
            }
            assertThat(Files.readString(state.resolve("state.json")))
                    .contains("\"file\"")
                    .doesNotContain("\"snapshot\"");
        });
    }

    private void awaitItem(int id) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(world.rowChanges())
                .filteredOn(row -> row.table().table().equals("items"))
                .extracting(UnseenChangesTest::id)
                .contains(id));
    }
}
