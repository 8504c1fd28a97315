package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import floe.change.ChangeType;
import floe.change.Position;
import floe.change.RowChange;
import java.nio.file.Path;
import java.util.List;
import local.mysql.MySqlSettings;
import local.mysql.NewerMySql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MySQL has since 8.0.12: captured like the rest, or set aside alone. */
class NewerMySqlCaptureTest {

    private static final String TABLES = "shop.items,shop.orders,shop.vectors,shop.hidden,shop.indexed,shop.years,"
            + "shop.members,shop.keyless,shop.grown,shop.came_*";

    @TempDir
    static Path state;

    private static CaptureWorld world;

    private WatchedCapture capture;

    @BeforeAll
    static void start() throws Exception {
        NewerMySql newer = NewerMySql.find();
        assumeTrue(newer.isThere(), newer.about());
        world = new CaptureWorld(state, newer.server(MySqlSettings.defaults()).start());
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE DATABASE other",
                "CREATE TABLE other.compressed (a TEXT)",
                "USE shop",
                "CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE orders (id INT PRIMARY KEY, item INT)",
                "CREATE TABLE vectors (id INT PRIMARY KEY, v VECTOR(3))",
                "INSERT INTO vectors VALUES (1, TO_VECTOR('[1,2,3]'))",
                "CREATE TABLE hidden (id INT PRIMARY KEY, a INT INVISIBLE DEFAULT 5, b INT)",
                "INSERT INTO hidden (id, a, b) VALUES (1, 1, 1)",
                "CREATE TABLE indexed (id INT PRIMARY KEY, doc JSON, name VARCHAR(20), UNIQUE KEY ((LOWER(name))),"
                        + " KEY ((CAST(doc->'$.tags' AS CHAR(20) ARRAY))), KEY ((CAST(doc->'$.n' AS UNSIGNED ARRAY))))",
                "INSERT INTO indexed VALUES (1, '{\"n\": [1], \"tags\": [\"x\"]}', 'One')",
                "CREATE TABLE years (id INT UNSIGNED PRIMARY KEY, y YEAR, u INT UNSIGNED, s INT, y2 YEAR,"
                        + " b BIGINT UNSIGNED, t TINYINT, d DECIMAL(9,2) UNSIGNED, f DOUBLE UNSIGNED)",
                "INSERT INTO years VALUES (4294967295, 2024, 4294967295, -1, 0, 18446744073709551615, -1, 1, 1)",
                "CREATE TABLE members (id INT PRIMARY KEY, e ENUM('ä', 'ß') CHARACTER SET latin1,"
                        + " s SET('表', 'b') CHARACTER SET gbk, u ENUM('Є'))",
                "INSERT INTO members VALUES (1, 'ß', '表,b', 'Є')",
                "SET sql_generate_invisible_primary_key = ON",
                "CREATE TABLE keyless (a INT)",
                "INSERT INTO keyless VALUES (1)",
                "CREATE TABLE grown (id INT PRIMARY KEY, a INT)",
                "INSERT INTO grown VALUES (1, 1)");
    }

    @BeforeEach
    void begin() throws Exception {
        capture = capture();
    }

    @AfterEach
    void end() {
        capture.close();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static WatchedCapture capture() throws Exception {
        return new WatchedCapture(world, state, TABLES, "capture.heartbeat", "1s");
    }

    @Test
    void aTableThatIsMadeOfASelectComesWithItsRows() throws Exception {
        capture.run(
                "CREATE TABLE shop.came_filled (PRIMARY KEY (id)) SELECT 1 AS id, 'one' AS name UNION SELECT 2, 'two'",
                "INSERT INTO shop.came_filled VALUES (3, 'six')");

        Copy.awaitEqual(world, "shop.came_filled");
        assertThat(capture.diverged("shop.came_filled")).isEmpty();
    }

    @Test
    void whatNewerStatementsDoToOldRowsIsToldToo() throws Exception {
        capture.run(
                "CREATE TABLE shop.came_changed (id INT PRIMARY KEY, a INT)",
                "ALTER TABLE shop.came_changed ALTER COLUMN a SET INVISIBLE",
                "ALTER TABLE shop.came_changed ADD COLUMN first_one INT FIRST, ALGORITHM = INSTANT");
        List<String> before = capture.diverged("shop.came_changed");

        capture.run("ALTER TABLE shop.came_changed ADD COLUMN n VARCHAR(9) DEFAULT (CONCAT('a', 'b'))");

        assertThat(before).isEmpty();
        assertThat(capture.diverged("shop.came_changed"))
                .containsExactly("shop.came_changed: ALTER TABLE ... a new column with a value in old rows");
    }

    @Test
    void gtidsMayHaveTags() throws Exception {
        capture.run(
                "SET gtid_next = 'AUTOMATIC:mytag'",
                "INSERT INTO shop.items VALUES (1, 'one')",
                "ALTER TABLE shop.items ADD COLUMN more INT",
                "SET gtid_next = 'AUTOMATIC:other_tag'",
                "INSERT INTO shop.items VALUES (2, 'two', 2)",
                "SET gtid_next = 'AUTOMATIC'",
                "INSERT INTO shop.items VALUES (3, 'three', 3)");
        capture.close();
        capture.session("SET gtid_next = 'AUTOMATIC:mytag'", "INSERT INTO shop.items VALUES (4, 'four', 4)");
        capture = capture();
        capture.run("SET gtid_next = 'AUTOMATIC:mytag'", "INSERT INTO shop.items VALUES (5, 'five', 5)");

        assertThat(capture.rows("shop.items"))
                .extracting(row -> row.image().path("id").asInt())
                .filteredOn(id -> id < 100)
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(capture.diverged("shop.items")).isEmpty();
    }

    @Test
    void aTableWithVectorsIsNamedAndTheOthersGoOn() throws Exception {
        capture.run(
                "INSERT INTO shop.vectors VALUES (2, TO_VECTOR('[1,2,3]'))", "INSERT INTO shop.orders VALUES (10, 1)");

        assertThat(capture.diverged("shop.vectors")).singleElement().asString().containsIgnoringCase("vector");
        assertThat(capture.row("shop.orders", 10)).hasToString("{\"id\":10,\"item\":1}");
    }

    @Test
    void aVectorThatIsAddedSetsItsTableAside() throws Exception {
        capture.run(
                "ALTER TABLE shop.grown ADD COLUMN v VECTOR(3)",
                "INSERT INTO shop.grown VALUES (2, 2, NULL)",
                "INSERT INTO shop.orders VALUES (20, 1)");

        assertThat(capture.diverged("shop.grown")).singleElement().asString().containsIgnoringCase("vector");
        assertThat(capture.row("shop.orders", 20)).hasToString("{\"id\":20,\"item\":1}");
    }

    @Test
    void columnsThatAreNotSeenAreCaptured() throws Exception {
        capture.run("INSERT INTO shop.hidden (id, b) VALUES (2, 2)", "UPDATE shop.hidden SET b = 3 WHERE id = 1");

        assertThat(capture.row("shop.hidden", 2)).hasToString("{\"id\":2,\"a\":5,\"b\":2}");
        assertThat(capture.row("shop.hidden", 1)).hasToString("{\"id\":1,\"a\":1,\"b\":3}");
    }

    @Test
    void keysThatMySqlMakesItselfAreCaptured() throws Exception {
        capture.run("INSERT INTO shop.keyless VALUES (2)", "DELETE FROM shop.keyless WHERE a = 1");

        assertThat(capture.rows("shop.keyless"))
                .extracting(row -> row.type() + " " + row.image())
                .containsExactlyInAnyOrder(
                        "WRITE {\"my_row_id\":1,\"a\":1}",
                        "WRITE {\"my_row_id\":2,\"a\":2}",
                        "DELETE {\"my_row_id\":1,\"a\":1}");
    }

    @Test
    void indexesOfExpressionsAreNoColumns() throws Exception {
        capture.run(
                "INSERT INTO shop.indexed VALUES (2, '{\"n\": [1], \"tags\": [\"x\"]}', 'Two')",
                "UPDATE shop.indexed SET name = 'Three' WHERE id = 2",
                "CREATE INDEX more ON shop.indexed ((UPPER(name)))",
                "UPDATE shop.indexed SET name = 'Four' WHERE id = 2");

        assertThat(capture.row("shop.indexed", 1))
                .hasToString("{\"id\":1,\"doc\":\"{\\\"n\\\": [1], \\\"tags\\\": [\\\"x\\\"]}\",\"name\":\"One\"}");
        assertThat(capture.row("shop.indexed", 2))
                .hasToString("{\"id\":2,\"doc\":\"{\\\"n\\\": [1], \\\"tags\\\": [\\\"x\\\"]}\",\"name\":\"Four\"}");
        assertThat(capture.diverged("shop.indexed")).isEmpty();
        assertThat(capture.changes("shop.indexed"))
                .filteredOn(change -> change.type() == ChangeType.QUERY)
                .hasSize(1);
    }

    @Test
    void aYearBesideNumbersChangesNoSign() throws Exception {
        capture.run("INSERT INTO shop.years SELECT 4294967294, y, u, s, y2, b, t, d, f FROM shop.years");

        String values =
                "\"y\":2024,\"u\":4294967295,\"s\":-1,\"y2\":0,\"b\":18446744073709551615,\"t\":-1,\"d\":\"1.00\",\"f\":1}";
        assertThat(capture.rows("shop.years"))
                .extracting(row -> row.image().toString())
                .containsExactlyInAnyOrder("{\"id\":4294967295," + values, "{\"id\":4294967294," + values);
        assertThat(capture.diverged("shop.years")).isEmpty();
    }

    @Test
    void membersInOldCharacterSetsAreTheirNames() throws Exception {
        capture.run("INSERT INTO shop.members SELECT 2, e, s, u FROM shop.members");

        assertThat(capture.row("shop.members", 1)).hasToString("{\"id\":1,\"e\":\"ß\",\"s\":\"表,b\",\"u\":\"Є\"}");
        assertThat(capture.row("shop.members", 2)).hasToString("{\"id\":2,\"e\":\"ß\",\"s\":\"表,b\",\"u\":\"Є\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "CRC32"})
    void compressedTransactionsComeRowByRow(String checksum) throws Exception {
        capture.awaitAll();
        world.mysql.execute("SET GLOBAL binlog_checksum = '" + checksum + "'");
        int rowsBefore = capture.rows("shop.orders").size();
        int first = checksum.equals("NONE") ? 1000 : 2000;

        capture.run(
                "SET binlog_transaction_compression = ON",
                "DELETE FROM shop.orders",
                "BEGIN",
                "INSERT INTO shop.orders VALUES (" + first + ", 1), (" + (first + 1) + ", 1), (" + (first + 2) + ", 1)",
                "INSERT INTO other.compressed VALUES (REPEAT('x', 1000))",
                "UPDATE shop.orders SET item = 2",
                "UPDATE shop.orders SET id = id + 10",
                "INSERT INTO shop.hidden (id, b) VALUES (" + first + ", 1)",
                "DELETE FROM shop.orders WHERE id = " + (first + 12),
                "COMMIT",
                "INSERT INTO shop.orders VALUES (" + (first + 3) + ", 1)");
        capture.close();
        capture.session(
                "SET binlog_transaction_compression = ON",
                "INSERT INTO shop.orders VALUES (" + (first + 4) + ", 1), (" + (first + 5) + ", 1)");
        capture = capture();
        capture.awaitAll();

        List<RowChange> rows = capture.rows("shop.orders").stream()
                .skip(rowsBefore)
                .filter(row -> row.image().path("id").asInt() >= first)
                .toList();
        assertThat(rows)
                .extracting(row -> row.type() + " " + (row.image().path("id").asInt() - first))
                .containsExactlyInAnyOrder(
                        "WRITE 0",
                        "WRITE 1",
                        "WRITE 2",
                        "UPDATE 0",
                        "UPDATE 1",
                        "UPDATE 2",
                        "DELETE 0",
                        "DELETE 1",
                        "DELETE 2",
                        "WRITE 10",
                        "WRITE 11",
                        "WRITE 12",
                        "DELETE 12",
                        "WRITE 3",
                        "WRITE 4",
                        "WRITE 5");
        for (int id = first; id < first + 20; id++) {
            int wanted = id;
            assertThat(rows.stream()
                            .filter(row -> row.image().path("id").asInt() == wanted)
                            .map(RowChange::position)
                            .toList())
                    .as("positions of row %s", id)
                    .isSortedAccordingTo(Position::compareTo)
                    .doesNotHaveDuplicates();
        }
        assertThat(capture.diverged("shop.orders")).isEmpty();
    }

    @Test
    void aTableMadeOfAQueryPassesInOneTransaction() throws Exception {
        List<String> diverged = capture.diverged();

        capture.run(
                "INSERT INTO shop.items (id) VALUES (100)",
                "CREATE TABLE other.chosen AS SELECT * FROM shop.items",
                "SET binlog_transaction_compression = ON",
                "CREATE TABLE other.chosen_2 AS SELECT * FROM shop.items",
                "INSERT INTO shop.items (id) VALUES (101)");

        assertThat(capture.diverged()).isEqualTo(diverged);
        assertThat(capture.row("shop.items", 101).path("id").asInt()).isEqualTo(101);
    }
}
