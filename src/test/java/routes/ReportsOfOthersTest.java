package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.RowChange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What made other software that captures MySQL lose, double or alter rows, or stop, as its users reported. */
class ReportsOfOthersTest {

    private static final String ITEMS = "shop.items";

    private CaptureWorld world;
    private WatchedCapture capture;

    @TempDir
    Path state;

    @AfterEach
    void close() {
        if (capture != null) {
            capture.close();
        }
        world.close();
    }

    private void start(MySqlSettings settings, String... statements) throws Exception {
        world = new CaptureWorld(state, settings);
        world.mysql.execute("CREATE DATABASE shop", "CREATE DATABASE other");
        world.mysql.execute(statements);
        restart();
    }

    private void restart() throws Exception {
        if (capture != null) {
            capture.close();
        }
        capture = new WatchedCapture(world, state, "shop.items,shop.orders", "capture.heartbeat", "1s");
        capture.awaitAll();
    }

    private void start(String... statements) throws Exception {
        start(MySqlSettings.defaults(), statements);
    }

    /** As online tools for changing schemas do it. */
    @Test
    void aTableThatIsExchangedForItsCopyIsToldAndReadOn() throws Exception {
        start(
                "CREATE TABLE shop.items (id INT PRIMARY KEY, a INT)",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "INSERT INTO shop.items VALUES (1, 1)");
        capture.run(
                "CREATE TABLE shop._items_gho LIKE shop.items",
                "ALTER TABLE shop._items_gho ADD COLUMN b VARCHAR(9) FIRST, MODIFY a BIGINT UNSIGNED",
                "INSERT INTO shop._items_gho SELECT 'x', id, a FROM shop.items",
                "RENAME TABLE shop.items TO shop._items_del, shop._items_gho TO shop.items",
                "INSERT INTO shop.items VALUES ('y', 2, 18446744073709551615)",
                "DROP TABLE shop._items_del");
        assertThat(capture.row(ITEMS, 2)).hasToString("{\"b\":\"y\",\"id\":2,\"a\":18446744073709551615}");
        assertThat(capture.diverged(ITEMS)).anyMatch(reason -> reason.contains("RENAME TABLE"));

        restart();
        capture.run("INSERT INTO shop.items VALUES ('z', 3, 3)");

        assertThat(capture.row(ITEMS, 3)).hasToString("{\"b\":\"z\",\"id\":3,\"a\":3}");
        assertThat(capture.diverged(ITEMS)).isNotEmpty();
        assertThat(capture.diverged("shop.orders")).isEmpty();
    }

    @Test
    void aTableThatIsMadeAnewIsReadByItsNewColumns() throws Exception {
        start(
                "CREATE TABLE shop.items (id INT PRIMARY KEY, a INT, b VARCHAR(9))",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "INSERT INTO shop.items VALUES (1, 1, 'x')");
        capture.run(
                "DROP TABLE shop.items",
                "CREATE TABLE shop.items (id INT, a VARCHAR(9), b INT, PRIMARY KEY (a))",
                "INSERT INTO shop.items VALUES (2, 'two', 2)",
                "ALTER TABLE shop.items DROP b",
                "INSERT INTO shop.items VALUES (3, 'three')");
        capture.close();
        capture.session(
                "DROP TABLE shop.items",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, c INT UNSIGNED)",
                "INSERT INTO shop.items VALUES (4, 4294967295)");
        restart();

        assertThat(capture.row(ITEMS, 2)).hasToString("{\"id\":2,\"a\":\"two\",\"b\":2}");
        assertThat(capture.row(ITEMS, 3)).hasToString("{\"id\":3,\"a\":\"three\"}");
        assertThat(capture.row(ITEMS, 4)).hasToString("{\"id\":4,\"c\":4294967295}");
    }

    /** A gap that is filled later must not be passed over, nor what came before be read again. */
    @Test
    void gtidsMayHaveGapsThatAreFilledLater() throws Exception {
        start("CREATE TABLE shop.items (id INT PRIMARY KEY)", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        String other = "11111111-2222-3333-4444-555555555555";
        capture.run(
                "SET gtid_next = '" + other + ":9'",
                "INSERT INTO shop.items VALUES (9)",
                "SET gtid_next = '" + other + ":3'",
                "INSERT INTO shop.items VALUES (3)",
                "SET gtid_next = 'AUTOMATIC'");
        restart();
        capture.close();
        capture.session(
                "SET gtid_next = '" + other + ":5'",
                "INSERT INTO shop.items VALUES (5)",
                "SET gtid_next = '" + other + ":2'",
                "BEGIN",
                "COMMIT",
                "SET gtid_next = '" + other + ":1'",
                "INSERT INTO shop.items VALUES (1)",
                "SET gtid_next = 'AUTOMATIC'");
        restart();

        assertThat(capture.rows(ITEMS))
                .extracting(row -> row.image().path("id").asInt())
                .containsExactlyInAnyOrder(9, 3, 5, 1);
    }

    @Test
    void aLongTransactionIsReadThoughCaptureStopsInTheMiddleOfIt() throws Exception {
        start(
                "CREATE TABLE shop.items (id INT AUTO_INCREMENT PRIMARY KEY, a VARCHAR(200))",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        world.kinesis.faults().latency(Duration.ofMillis(200));
        int all = 60_000;
        try (Connection session = world.mysql.connection();
                Statement statement = session.createStatement()) {
            statement.execute("BEGIN");
            for (int rows = 0; rows < all; rows += 2000) {
                statement.execute("INSERT INTO shop.items (a) VALUES "
                        + IntStream.range(0, 2000)
                                .mapToObj(i -> "(REPEAT('x', 200))")
                                .collect(Collectors.joining(", ")));
                statement.execute("SAVEPOINT s" + rows);
            }
            statement.execute("COMMIT");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !world.lines().isEmpty() && world.lines().size() > 2000);
        world.kinesis.faults().clear();
        restart();

        assertThat(capture.rows(ITEMS).stream()
                        .map(row -> row.image().path("id").asInt())
                        .distinct()
                        .count())
                .isEqualTo(all);
    }

    @Test
    void rowEventsOfTheFirstVersionAndQueriesBesideRowsAreRead() throws Exception {
        start(
                MySqlSettings.defaults()
                        .withOption("log_bin_use_v1_row_events", "ON")
                        .withOption("binlog_rows_query_log_events", "ON"),
                "CREATE TABLE shop.items (id INT PRIMARY KEY, a INT)",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        capture.run(
                "INSERT INTO shop.items VALUES (1, 1), (2, 2)",
                "UPDATE shop.items SET a = 3 WHERE id = 1",
                "DELETE FROM shop.items WHERE id = 2");

        assertThat(capture.rows(ITEMS))
                .extracting(row -> row.type() + " " + row.image())
                .containsExactlyInAnyOrder(
                        "WRITE {\"id\":1,\"a\":1}",
                        "WRITE {\"id\":2,\"a\":2}",
                        "UPDATE {\"id\":1,\"a\":3}",
                        "DELETE {\"id\":2,\"a\":2}");
    }

    @Test
    void keysOfBytesThatEndInZerosStayOneKey() throws Exception {
        start(
                "CREATE TABLE shop.items (k BINARY(4) PRIMARY KEY, id INT)",
                "CREATE TABLE shop.orders (k VARBINARY(4), c CHAR(4), id INT, PRIMARY KEY (k, c))",
                "INSERT INTO shop.items VALUES (x'01000000', 1), (x'20202020', 2)",
                "INSERT INTO shop.orders VALUES (x'0100', 'a', 1), (x'', '', 2)");
        capture.run(
                "UPDATE shop.items SET id = id + 10",
                "DELETE FROM shop.items",
                "UPDATE shop.orders SET id = id + 10",
                "DELETE FROM shop.orders");

        assertThat(capture.rows(ITEMS).stream()
                        .map(row -> row.image().path("id").asInt() % 10
                                + row.image().path("k").asText())
                        .distinct())
                .containsExactlyInAnyOrder("1AQAAAA==", "2ICAgIA==");
        assertThat(capture.rows("shop.orders").stream()
                        .map(row -> row.image().path("id").asInt() % 10
                                + row.image().path("k").asText() + " "
                                + row.image().path("c").asText())
                        .distinct())
                .containsExactlyInAnyOrder("1AQA= a", "2 ");
    }

    @Test
    void rowsThatTriggersAndPreparedTransactionsWriteAreRead() throws Exception {
        start(
                "CREATE TABLE shop.items (id INT PRIMARY KEY)",
                "CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, item INT)",
                "CREATE TRIGGER shop.t AFTER INSERT ON shop.items FOR EACH ROW INSERT INTO shop.orders (item) VALUES (NEW.id)");
        try (Connection one = world.mysql.connection();
                Statement prepared = one.createStatement()) {
            prepared.execute("XA START 'x'");
            prepared.execute("INSERT INTO shop.items VALUES (1)");
            prepared.execute("XA END 'x'");
            prepared.execute("XA PREPARE 'x'");
        }
        capture.awaitAll();
        restart();
        capture.run("INSERT INTO shop.items VALUES (2)", "XA COMMIT 'x'", "INSERT INTO shop.items VALUES (3)");

        assertThat(capture.rows(ITEMS).stream()
                        .map(RowChange::image)
                        .map(row -> row.path("id").asInt())
                        .distinct())
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(capture.rows("shop.orders").stream()
                        .map(row -> row.image().path("item").asInt())
                        .distinct())
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(capture.diverged()).isEmpty();
    }
}
