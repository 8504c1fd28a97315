package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.ChangeType;
import floe.change.RowChange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables as people have them whom nobody asked, all under one capture: their rows are right, or the table is set aside and
 * the others go on.
 */
class StrangersRowsTest {

    private static final int MOST_BYTES = 200_000;

    private static final String[] CHARSETS = {
        "koi8u",
        "C2A4",
        "latin1",
        "81",
        "euckr",
        "B0A2",
        "tis620",
        "A1",
        "dec8",
        "D7",
        "swe7",
        "5B",
        "armscii8",
        "B2",
        "keybcs2",
        "87",
        "sjis",
        "815F",
        "ujis",
        "8FA2C3",
        "eucjpms",
        "ADA1",
        "cp866",
        "F2",
        "hebrew",
        "FD",
        "greek",
        "A4",
        "cp932",
        "8754",
        "macce",
        "81",
        "macroman",
        "DB",
        "hp8",
        "A1",
        "geostd8",
        "C0",
        "gb18030",
        "81308130",
        "cp1250",
        "8A",
        "utf16",
        "D83DDE00",
        "utf16le",
        "3DD800DE",
        "utf32",
        "0001F600",
        "ucs2",
        "0416",
        "big5",
        "A440"
    };

    @TempDir
    static Path state;

    private static CaptureWorld world;
    private static WatchedCapture capture;

    @BeforeAll
    static void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE DATABASE i",
                "CREATE DATABASE other",
                "USE shop",
                "SET time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES'",
                "CREATE TABLE moments (id INT PRIMARY KEY, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                        + " at_6 TIMESTAMP(6) NULL DEFAULT '2020-01-02 03:04:05.000006',"
                        + " moment DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
                        + " zero DATETIME(2) NOT NULL DEFAULT '0000-00-00 00:00:00', day DATE DEFAULT '2024-02-31',"
                        + " span TIME DEFAULT '-838:59:59', since YEAR DEFAULT '1999')",
                "INSERT INTO moments (id, at, moment) VALUES (1, '2024-01-01', '2024-01-01')",
                "CREATE TABLE later (id INT PRIMARY KEY)",
                "CREATE TABLE days (id INT PRIMARY KEY, day DATE, moment DATETIME(3))",
                "INSERT INTO days VALUES (0, '2024-02-31', '2024-00-15 00:00:00')",
                "CREATE TABLE texts (id INT PRIMARY KEY, " + textColumns() + ")",
                "INSERT INTO texts VALUES (1, " + texts() + ")",
                "CREATE TABLE keys_koi (k VARCHAR(4) CHARACTER SET koi8u PRIMARY KEY, id INT)",
                "INSERT INTO keys_koi VALUES (CONVERT(_utf8mb4'Є' USING koi8u), 1), ('a', 2)",
                "CREATE TABLE members (id INT PRIMARY KEY, e ENUM('a', 'b,c', 'e\\\\f', 'it''s', ''), s SET('a', 'b''c'))",
                "INSERT INTO members VALUES (1, 'b,c', 'a,b''c'), (2, 'e\\\\f', ''), (3, 'it''s', 'a'), (4, '', 'a')",
                "CREATE TABLE docs (id INT PRIMARY KEY, doc JSON)",
                "INSERT INTO docs VALUES (1, '{\"amount\":12345678.9,\"small\":0.00012}')",
                "CREATE TABLE odd (id INT PRIMARY KEY, since YEAR, f FLOAT(7,3), d DOUBLE(9,2))",
                "INSERT INTO odd VALUES (1, 0, 1234.567, 1234567.89)",
                "CREATE TABLE zeros (id INT PRIMARY KEY, at TIMESTAMP NOT NULL, at_3 TIMESTAMP(3) NULL)",
                "INSERT INTO zeros VALUES (1, '0000-00-00 00:00:00', '0000-00-00 00:00:00')",
                "CREATE TABLE padded (id INT PRIMARY KEY, d DECIMAL(10,2) ZEROFILL, n INT(8) ZEROFILL)",
                "INSERT INTO padded VALUES (1, 12345678.91, 42), (2, 1.5, 12345678)",
                "CREATE TABLE keys_bit (k BIT(10) PRIMARY KEY, id INT)",
                "INSERT INTO keys_bit VALUES (b'1', 1), (b'1000000001', 2)",
                "CREATE TABLE keys_double (k DOUBLE PRIMARY KEY, id INT)",
                "INSERT INTO keys_double VALUES (0, 1)",
                "CREATE TABLE i.Orders (id INT PRIMARY KEY, a INT)",
                "CREATE TABLE i.orders (a INT)",
                "INSERT INTO i.Orders VALUES (1, 1)",
                "INSERT INTO i.orders VALUES (1)",
                "CREATE TABLE minimal (id INT PRIMARY KEY, a INT, b INT)",
                "INSERT INTO minimal VALUES (1, 1, 1)",
                "CREATE TABLE noblob (id INT PRIMARY KEY, a INT, b LONGTEXT)",
                "INSERT INTO noblob VALUES (1, 1, 'x')",
                "CREATE TABLE swapped (id INT PRIMARY KEY, a INT, b VARCHAR(9))",
                "INSERT INTO swapped VALUES (1, 1, 'one')",
                "CREATE TABLE unlogged (id INT PRIMARY KEY, a INT, b INT)",
                "INSERT INTO unlogged VALUES (1, 1, 1)",
                "CREATE TABLE large (id INT PRIMARY KEY, body LONGTEXT)",
                "CREATE TABLE shapes (id INT PRIMARY KEY, a INT COMMENT 'a', s VARCHAR(9))",
                "CREATE TABLE untouched (id INT PRIMARY KEY)",
                "CREATE TABLE `cafté` (id INT PRIMARY KEY, `größe` INT)",
                "INSERT INTO `cafté` VALUES (1, 1)",
                "CREATE TABLE years (id INT UNSIGNED PRIMARY KEY, y YEAR, u INT UNSIGNED, s INT, y2 YEAR,"
                        + " b BIGINT UNSIGNED, t TINYINT, d DECIMAL(9,2) UNSIGNED, f DOUBLE UNSIGNED)",
                "INSERT INTO years VALUES (4294967295, 2024, 4294967295, -1, 0, 18446744073709551615, -1, 1, 1)",
                "CREATE TABLE old_members (id INT PRIMARY KEY, e ENUM('ä', 'ß') CHARACTER SET latin1,"
                        + " s SET('表', 'b') CHARACTER SET gbk, u ENUM('Є'))",
                "INSERT INTO old_members VALUES (1, 'ß', '表,b', 'Є')",
                "CREATE TABLE other.traffic (id INT AUTO_INCREMENT PRIMARY KEY, a TEXT)");
        capture = new WatchedCapture(
                world,
                state,
                "shop.moments,shop.later,shop.days,shop.texts,shop.keys_koi,shop.members,shop.docs,shop.odd,shop.zeros,shop.padded,"
                        + "shop.keys_bit,shop.keys_double,i.Orders,shop.minimal,shop.noblob,shop.swapped,shop.unlogged,"
                        + "shop.large,shop.shapes,shop.untouched,shop.cafté,"
                        + "shop.years,shop.old_members",
                "capture.row-bytes",
                String.valueOf(MOST_BYTES),
                "capture.heartbeat",
                "1s");
    }

    @AfterAll
    static void stop() {
        capture.close();
        world.close();
    }

    @Test
    void timesWithAnyDefaultAreCaptured() throws Exception {
        capture.run("INSERT INTO shop.moments (id, at, moment) VALUES (2, '2024-01-01', '2024-01-01')");

        assertThat(withoutId("shop.moments", 2)).isEqualTo(withoutId("shop.moments", 1));
        assertThat(withoutId("shop.moments", 2))
                .hasToString("{\"at\":\"2024-01-01 00:00:00Z\",\"at_6\":\"2020-01-02 03:04:05.000006Z\","
                        + "\"moment\":\"2024-01-01 00:00:00\",\"zero\":\"0000-00-00 00:00:00.00\",\"day\":\"2024-02-31\","
                        + "\"span\":\"-838:59:59\",\"since\":1999}");
    }

    @Test
    void aTimeWithADefaultMayBeAddedWhileCaptureRuns() throws Exception {
        capture.run(
                "SET sql_mode = ''",
                "ALTER TABLE shop.later ADD COLUMN later TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                        + " ADD COLUMN later_day DATE NOT NULL DEFAULT '0000-00-00', ADD COLUMN later_span TIME(3) DEFAULT '1:0:0'",
                "INSERT INTO shop.later (id, later) VALUES (3, '2024-05-06')");

        ObjectNode row = capture.row("shop.later", 3);
        assertThat(row.path("later").asText()).isEqualTo("2024-05-06 00:00:00Z");
        assertThat(row.path("later_day").asText()).isEqualTo("0000-00-00");
        assertThat(row.path("later_span").asText()).isEqualTo("01:00:00.000");
    }

    @Test
    void datesThatAreNoDatesTakeNoRowWithThem() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            while (writing.get()) {
                world.mysql.execute("INSERT INTO other.traffic (a) VALUES ('x'), ('y')", "DELETE FROM other.traffic");
            }
        });
        for (int round = 0; round < 50; round++) {
            int first = round * 51 + 1;
            StringBuilder rows = new StringBuilder("(" + first + ", '2024-02-31', '2024-00-15 01:02:03')");
            for (int id = first + 1; id < first + 51; id++) {
                rows.append(", (" + id + ", '2024-01-01', NULL)");
            }
            capture.session(
                    "SET sql_mode = 'ALLOW_INVALID_DATES'",
                    "INSERT INTO shop.days VALUES " + rows,
                    "INSERT INTO watched.marks VALUES ()");
        }
        writing.set(false);
        traffic.join();
        capture.awaitAll();

        Map<Integer, JsonNode> arrived = capture.rows("shop.days").stream()
                .collect(Collectors.toMap(row -> row.after().path("id").asInt(), RowChange::after));
        assertThat(arrived).hasSize(50 * 51 + 1);
        for (int round = 0; round < 50; round++) {
            JsonNode row = arrived.get(round * 51 + 1);
            assertThat(row.path("day").asText()).isEqualTo("2024-02-31");
            assertThat(row.path("moment").asText()).isEqualTo("2024-00-15 01:02:03.000");
        }
        assertThat(arrived.get(0).path("day").asText()).isEqualTo("2024-02-31");
        assertThat(capture.diverged("shop.days")).isEmpty();
    }

    @Test
    void textIsWhatMySqlShowsInEachCharacterSet() throws Exception {
        capture.run("INSERT INTO shop.texts SELECT 2, " + textNames() + " FROM shop.texts WHERE id = 1");

        Map<String, Object> shown = world.mysql
                .query("SELECT " + textSelects() + " FROM shop.texts WHERE id = 1")
                .get(0);
        for (int id = 1; id <= 2; id++) {
            ObjectNode row = capture.row("shop.texts", id);
            for (Map.Entry<String, Object> text : shown.entrySet()) {
                assertThat(row.path(text.getKey()).asText()).as(text.getKey()).isEqualTo(text.getValue());
            }
        }
        assertThat(capture.row("shop.texts", 2).path("koi8u").asText()).isEqualTo("бє");
    }

    @Test
    void aKeyInAnOldCharacterSetIsOneKeyBothWays() throws Exception {
        capture.run(
                "UPDATE shop.keys_koi SET id = 10 WHERE id = 1",
                "DELETE FROM shop.keys_koi WHERE id = 10",
                "INSERT INTO shop.keys_koi VALUES (CONVERT(_utf8mb4'Є' USING koi8u), 11)");

        assertThat(capture.rows("shop.keys_koi"))
                .filteredOn(row -> row.image().path("id").asInt() != 2)
                .extracting(row -> row.image().path("k").asText())
                .hasSize(4)
                .containsOnly("Є");
    }

    @Test
    void membersOfEnumsAndSetsAreTheirNames() throws Exception {
        capture.run("INSERT INTO shop.members SELECT id + 4, e, s FROM shop.members");

        for (int id : new int[] {1, 5}) {
            assertThat(capture.row("shop.members", id).path("e").asText()).isEqualTo("b,c");
            assertThat(capture.row("shop.members", id).path("s").asText()).isEqualTo("a,b'c");
            assertThat(capture.row("shop.members", id + 1).path("e").asText()).isEqualTo("e\\f");
            assertThat(capture.row("shop.members", id + 1).path("s").asText()).isEmpty();
            assertThat(capture.row("shop.members", id + 2).path("e").asText()).isEqualTo("it's");
            assertThat(capture.row("shop.members", id + 3).path("e").asText()).isEmpty();
        }
    }

    @Test
    void numbersInJsonKeepTheirText() throws Exception {
        capture.run("INSERT INTO shop.docs VALUES (2, '{\"amount\":12345678.9,\"small\":0.00012}')");

        for (int id = 1; id <= 2; id++) {
            assertThat(capture.row("shop.docs", id).path("doc").asText())
                    .isEqualTo("{\"small\": 0.00012, \"amount\": 12345678.9}");
        }
    }

    @Test
    void oddNumbersStayWhatTheyAre() throws Exception {
        capture.run(
                "INSERT INTO shop.odd VALUES (2, 0, 1234.567, 1234567.89)",
                "ALTER TABLE shop.odd ADD COLUMN flag BOOL, ADD COLUMN u BIGINT UNSIGNED",
                "INSERT INTO shop.odd VALUES (3, 0, 1234.567, 1234567.89, 2, 18446744073709551615)");

        for (int id = 1; id <= 3; id++) {
            assertThat(capture.row("shop.odd", id).toString()).contains("\"since\":0,\"f\":1234.567,\"d\":1234567.89");
        }
        assertThat(capture.row("shop.odd", 3).toString()).endsWith("\"flag\":2,\"u\":18446744073709551615}");
    }

    @Test
    void aYearBesideNumbersChangesNoSign() throws Exception {
        capture.run("INSERT INTO shop.years SELECT 4294967294, y, u, s, y2, b, t, d, f FROM shop.years");

        String values = "\"y\":2024,\"u\":4294967295,\"s\":-1,\"y2\":0,\"b\":18446744073709551615,\"t\":-1,"
                + "\"d\":\"1.00\",\"f\":1}";
        assertThat(capture.rows("shop.years"))
                .extracting(row -> row.image().toString())
                .containsExactlyInAnyOrder("{\"id\":4294967295," + values, "{\"id\":4294967294," + values);
        assertThat(capture.diverged("shop.years")).isEmpty();
    }

    @Test
    void membersInOldCharacterSetsAreTheirNames() throws Exception {
        capture.run("INSERT INTO shop.old_members SELECT 2, e, s, u FROM shop.old_members");

        for (int id = 1; id <= 2; id++) {
            assertThat(withoutId("shop.old_members", id)).hasToString("{\"e\":\"ß\",\"s\":\"表,b\",\"u\":\"Є\"}");
        }
    }

    @Test
    void theZeroTimestampIsTheSameBothWays() throws Exception {
        capture.run(
                "SET sql_mode = ''", "INSERT INTO shop.zeros VALUES (2, '0000-00-00 00:00:00', '0000-00-00 00:00:00')");

        assertThat(withoutId("shop.zeros", 2))
                .isEqualTo(withoutId("shop.zeros", 1))
                .hasToString("{\"at\":\"0000-00-00 00:00:00Z\",\"at_3\":\"0000-00-00 00:00:00.000Z\"}");
    }

    @Test
    void paddedNumbersLoseTheirZeros() throws Exception {
        capture.run("INSERT INTO shop.padded SELECT id + 2, d, n FROM shop.padded");

        for (int id : new int[] {1, 3}) {
            assertThat(withoutId("shop.padded", id)).hasToString("{\"d\":\"12345678.91\",\"n\":42}");
            assertThat(withoutId("shop.padded", id + 1)).hasToString("{\"d\":\"1.50\",\"n\":12345678}");
        }
    }

    @Test
    void bitsAreOneKeyBothWays() throws Exception {
        capture.run("UPDATE shop.keys_bit SET id = id + 10", "DELETE FROM shop.keys_bit");

        Map<Integer, List<String>> keys = capture.rows("shop.keys_bit").stream()
                .collect(Collectors.groupingBy(
                        row -> row.image().path("id").asInt() % 10,
                        Collectors.mapping(row -> row.image().path("k").asText(), Collectors.toList())));
        assertThat(keys.get(1)).containsExactly("AAE=", "AAE=", "AAE=");
        assertThat(keys.get(2)).containsExactly("AgE=", "AgE=", "AgE=");
    }

    /** What is a change of the key for MySQL is none for Snowflake: loading lets the write win. */
    @Test
    void aKeyThatOnlyLosesItsSignIsWritten() throws Exception {
        capture.run("UPDATE shop.keys_double SET k = -0e0 WHERE k = 0");

        List<RowChange> changes = capture.rows("shop.keys_double");
        RowChange last = changes.get(changes.size() - 1);
        assertThat(changes)
                .filteredOn(change -> !change.snapshot())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.position()).isEqualTo(last.position()));
        assertThat(changes)
                .filteredOn(change -> !change.snapshot())
                .extracting(RowChange::type)
                .containsAnyOf(ChangeType.WRITE, ChangeType.UPDATE);
    }

    @Test
    void aNameThatDiffersInCaseIsAnotherTable() throws Exception {
        capture.run(
                "INSERT INTO i.orders VALUES (2)",
                "INSERT INTO i.Orders VALUES (2, 2)",
                "ALTER TABLE i.orders ADD COLUMN b INT",
                "TRUNCATE TABLE i.orders",
                "INSERT INTO i.orders VALUES (3, 3)",
                "INSERT INTO i.Orders VALUES (3, 3)",
                "DROP TABLE i.orders");

        assertThat(capture.rows("i.Orders"))
                .extracting(row -> row.image().path("id").asInt())
                .containsExactly(1, 2, 3);
        assertThat(capture.changes("i.Orders"))
                .extracting(change -> change.type())
                .doesNotContain(ChangeType.TRUNCATE);
        assertThat(capture.changes("i.orders")).isEmpty();
        assertThat(capture.diverged("i.Orders")).isEmpty();
    }

    @Test
    void rowsWithoutAllColumnsSetTheirTableAside() throws Exception {
        capture.run(
                "SET binlog_row_image = MINIMAL",
                "UPDATE shop.minimal SET a = 2",
                "SET binlog_row_image = NOBLOB",
                "UPDATE shop.noblob SET a = 2",
                "SET binlog_row_image = FULL",
                "INSERT INTO shop.untouched VALUES (100)");

        assertThat(capture.diverged("shop.minimal")).singleElement().asString().contains("binlog_row_image");
        assertThat(capture.diverged("shop.noblob")).singleElement().asString().contains("binlog_row_image");
        assertThat(capture.rows("shop.untouched"))
                .extracting(row -> row.image().path("id").asInt())
                .contains(100);
    }

    @Test
    void columnsMayChangeNames() throws Exception {
        capture.run(
                "ALTER TABLE shop.swapped RENAME COLUMN a TO b, RENAME COLUMN b TO a",
                "INSERT INTO shop.swapped VALUES (2, 2, 'two')",
                "ALTER TABLE shop.swapped MODIFY a VARCHAR(9) FIRST, DROP COLUMN b, ADD COLUMN b INT UNSIGNED DEFAULT 7",
                "UPDATE shop.swapped SET a = 'three' WHERE id = 2");

        assertThat(capture.rows("shop.swapped"))
                .extracting(row -> row.after().toString())
                .containsExactly(
                        "{\"id\":1,\"a\":1,\"b\":\"one\"}",
                        "{\"id\":2,\"b\":2,\"a\":\"two\"}",
                        "{\"a\":\"three\",\"id\":2,\"b\":7}");
        assertThat(capture.diverged("shop.swapped"))
                .containsExactly(
                        "shop.swapped: ALTER TABLE ... RENAME COLUMN",
                        "shop.swapped: ALTER TABLE ... DROP and ADD of one name");
    }

    @Test
    void aChangeOfTheTableThatIsNotInTheBinlogIsSeenByItsRows() throws Exception {
        capture.run(
                "SET sql_log_bin = 0",
                "ALTER TABLE shop.unlogged MODIFY a VARCHAR(9)",
                "SET sql_log_bin = 1",
                "INSERT INTO shop.unlogged VALUES (2, 'five', 2)",
                "UPDATE shop.unlogged SET b = 3 WHERE id = 2");

        assertThat(capture.row("shop.unlogged", 2)).hasToString("{\"id\":2,\"a\":\"five\",\"b\":3}");
        assertThat(capture.diverged("shop.unlogged")).isEmpty();
    }

    @Test
    void aRowAboveTheBoundSetsItsTableAside() throws Exception {
        capture.run(
                "INSERT INTO shop.large VALUES (1, 'small')",
                "INSERT INTO shop.large VALUES (2, REPEAT('secret', " + MOST_BYTES + "))",
                "INSERT INTO shop.large VALUES (3, 'small')",
                "INSERT INTO shop.untouched VALUES (200)");

        assertThat(capture.diverged("shop.large"))
                .singleElement()
                .asString()
                .contains("capture.row-bytes allows " + MOST_BYTES)
                .doesNotContain("secret");
        assertThat(capture.rows("shop.large"))
                .extracting(row -> row.image().path("id").asInt())
                .containsExactly(1, 3);
    }

    @Test
    void aStatementOnACapturedTableIsAShapeWhenAndOnlyWhenItChangesIt() throws Exception {
        capture.run(
                "CREATE INDEX by_a ON shop.shapes (a)",
                "ALTER TABLE shop.shapes COMMENT = 'shapes'",
                "ALTER TABLE shop.shapes ENGINE = InnoDB",
                "ALTER TABLE shop.shapes ADD INDEX by_both (a, s), ALGORITHM = INPLACE",
                "DROP INDEX by_a ON shop.shapes",
                "ANALYZE TABLE shop.shapes",
                "OPTIMIZE TABLE shop.shapes",
                "ALTER TABLE shop.shapes AUTO_INCREMENT = 100",
                "CREATE TRIGGER shop.on_shapes BEFORE INSERT ON shop.shapes FOR EACH ROW SET NEW.s = UPPER(NEW.s)",
                "CREATE VIEW shop.seen_shapes AS SELECT * FROM shop.shapes",
                "INSERT INTO shop.shapes VALUES (1, 1, 'a')");
        long before = shapes();

        capture.run(
                "ALTER TABLE shop.shapes ADD COLUMN b INT",
                "ALTER TABLE shop.shapes ALTER INDEX by_both INVISIBLE",
                "INSERT INTO shop.shapes VALUES (2, 2, 'b', 2)");

        assertThat(before).isEqualTo(1);
        assertThat(shapes()).isEqualTo(2);
        assertThat(capture.row("shop.shapes", 1).path("s").asText()).isEqualTo("A");
        assertThat(capture.diverged("shop.shapes")).isEmpty();
    }

    static Stream<List<String>> foreign() {
        return Stream.of(
                List.of("CREATE TABLE other.g (id INT PRIMARY KEY, p POINT NOT NULL SRID 4326, SPATIAL INDEX (p))"),
                List.of("CREATE TRIGGER other.t BEFORE DELETE ON other.traffic FOR EACH ROW BEGIN"
                        + " DECLARE a INT; SET a = 1; END"),
                List.of("CREATE PROCEDURE other.p() BEGIN DROP TABLE shop.untouched; TRUNCATE shop.days; END"),
                List.of(
                        "CREATE FUNCTION other.f() RETURNS INT DETERMINISTIC RETURN (SELECT COUNT(*) FROM shop.untouched)"),
                List.of(
                        "CREATE EVENT other.e ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.untouched",
                        "DROP EVENT other.e"),
                List.of("CREATE OR REPLACE VIEW other.v AS SELECT u.id FROM shop.untouched u", "DROP VIEW other.v"),
                List.of(
                        "CREATE USER 'shop'@'untouched' IDENTIFIED BY 'un\"ended'",
                        "GRANT SELECT ON shop.untouched TO 'shop'@'untouched'",
                        "ALTER USER 'shop'@'untouched' ACCOUNT LOCK",
                        "RENAME USER 'shop'@'untouched' TO 'it''s'@'%'",
                        "SET PASSWORD FOR 'it''s'@'%' = 'a\\\\'",
                        "DROP USER 'it''s'@'%'",
                        "CREATE ROLE untouched",
                        "DROP ROLE untouched"),
                List.of(
                        "CREATE TABLE other.parts (id INT PRIMARY KEY) PARTITION BY LINEAR HASH (id) PARTITIONS 3",
                        "ALTER TABLE other.parts COALESCE PARTITION 1",
                        "ALTER TABLE other.parts REMOVE PARTITIONING"),
                List.of("CREATE TABLE other.checked (a INT, CHECK (a > 0), CONSTRAINT `untouched` CHECK (a < 9))"),
                List.of("CREATE TABLE other.generated (a JSON, b INT AS (a->>'$.untouched') VIRTUAL, KEY (b))"),
                List.of("CREATE TABLE other.computed (a INT, b INT AS (a + 1), UNIQUE KEY (b DESC))"),
                List.of("CREATE TABLE other.likes LIKE shop.untouched", "DROP TABLE other.likes"),
                List.of(
                        "CREATE /*!50001 ALGORITHM = MERGE */ /*!50013 SQL SECURITY DEFINER */ VIEW other.w AS SELECT 1"),
                List.of(
                        "/*!80000 CREATE TABLE other.odd /* inner */ (a INT) */",
                        "DROP TABLE other.odd -- shop.untouched"),
                List.of("SET sql_mode = 'ANSI_QUOTES'", "CREATE TABLE \"other\".\"shop.untouched\" (\"a\\\" INT)"),
                List.of("SET sql_mode = 'NO_BACKSLASH_ESCAPES'", "CREATE TABLE other.slash (a CHAR(9) DEFAULT 'c:\\')"),
                List.of(
                        "SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'",
                        "CREATE TABLE other.slash2 (a CHAR(9) DEFAULT '\\', \"b\\\" INT COMMENT '\"')"),
                List.of("CREATE TABLE other.`größe 表 \\` (`id``s` INT) COMMENT 'it''s \\' \" shop.untouched'"),
                List.of("CREATE TABLE other.bytes (a VARBINARY(9) DEFAULT x'ff', b INT DEFAULT 0xff)"),
                List.of(
                        "CREATE DATABASE untouched",
                        "CREATE TABLE untouched.untouched (a INT)",
                        "DROP DATABASE untouched"),
                List.of("CREATE TEMPORARY TABLE shop.untouched (a INT)", "DROP TEMPORARY TABLE shop.untouched"),
                List.of("CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u')", "DROP SERVER s"),
                List.of("CREATE TABLESPACE ts ADD DATAFILE 'ts.ibd'", "DROP TABLESPACE ts"),
                List.of(
                        "CREATE SPATIAL REFERENCE SYSTEM 990001 NAME 'x' DEFINITION 'GEOGCS[\"x\",DATUM[\"x\","
                                + "SPHEROID[\"x\",6378137,298.25]],PRIMEM[\"x\",0],UNIT[\"x\",0.017],AXIS[\"Lat\",NORTH],AXIS[\"Lon\",EAST]]'"),
                List.of("FLUSH TABLES", "FLUSH LOGS", "FLUSH PRIVILEGES"),
                List.of(
                        "CREATE TABLE other.r (a INT)",
                        "RENAME TABLE other.r TO other.untouched",
                        "DROP TABLE other.untouched"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whatConcernsNoCapturedTablePasses(List<String> statements) throws Exception {
        List<String> diverged = capture.diverged();
        int changes = capture.changes("shop.untouched").size();

        capture.run(statements.toArray(String[]::new));

        assertThat(capture.diverged()).isEqualTo(diverged);
        assertThat(capture.changes("shop.untouched")).hasSize(changes);
    }

    /** The password of each is hashed with random bytes, which stand in the statement. */
    @Test
    void usersWithAnyHashesPass() throws Exception {
        List<String> diverged = capture.diverged();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            users.add("CREATE USER u" + i + " IDENTIFIED WITH 'caching_sha2_password' BY 'x" + i + "'");
        }

        capture.run(users.toArray(String[]::new));

        assertThat(capture.diverged()).isEqualTo(diverged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "armscii8", "ascii", "big5", "binary", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852",
                        "cp866",
                "cp932", "dec8", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "geostd8", "greek", "hebrew", "hp8",
                "keybcs2", "koi8r", "koi8u", "latin1", "latin2", "latin5", "latin7", "macce", "macroman", "sjis",
                        "swe7",
                "tis620", "ujis", "utf8", "utf8mb4"
            })
    void statementsOfSessionsInAnyCharacterSetAreRead(String charset) throws Exception {
        List<String> diverged = capture.diverged();
        int rows = capture.rows("shop.untouched").size();

        capture.run(
                "DELETE FROM shop.untouched WHERE id = 7",
                "SET character_set_client = " + charset,
                "INSERT INTO shop.untouched VALUES (7)",
                "CREATE TABLE other.in_" + charset + " (a INT)");

        assertThat(capture.diverged()).isEqualTo(diverged);
        assertThat(capture.rows("shop.untouched")).hasSizeGreaterThan(rows);
    }

    @ParameterizedTest
    @CsvSource({"Cp1252, é", "GBK, 表", "SJIS, 表", "Big5, 表", "EUC_KR, 갂", "KOI8_R, Ж", "UTF-8, 😀"})
    void statementsInTheCharactersOfTheirSessionPass(String encoding, String letter) throws Exception {
        List<String> diverged = capture.diverged();

        try (Connection session = inCharacters(encoding);
                Statement statement = session.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS other.letters");
            statement.execute(
                    "CREATE TABLE other.letters (a INT COMMENT '" + letter + "') COMMENT '\\'" + letter + "'");
        }
        capture.awaitAll();

        assertThat(capture.diverged()).isEqualTo(diverged);
    }

    @Test
    void aCapturedTableIsKnownInTheCharactersOfTheSession() throws Exception {
        try (Connection session = inCharacters("Cp1252");
                Statement statement = session.createStatement()) {
            statement.execute("TRUNCATE TABLE shop.`cafté`");
            statement.execute("INSERT INTO shop.`cafté` VALUES (2, 2)");
        }
        capture.awaitAll();

        assertThat(capture.changes("shop.cafté"))
                .extracting(change -> change.type())
                .contains(ChangeType.TRUNCATE);
        assertThat(capture.row("shop.cafté", 2).path("größe").asInt()).isEqualTo(2);
        assertThat(capture.diverged("shop.cafté")).isEmpty();
    }

    private static Connection inCharacters(String encoding) throws SQLException {
        return DriverManager.getConnection(
                world.mysql.jdbcUrl() + "?characterEncoding=" + encoding,
                world.mysql.adminUser(),
                world.mysql.password());
    }

    private static long shapes() {
        return capture.changes("shop.shapes").stream()
                .filter(change -> change.type() == ChangeType.QUERY)
                .count();
    }

    private static ObjectNode withoutId(String table, int id) {
        ObjectNode row = capture.row(table, id).deepCopy();
        row.remove("id");
        return row;
    }

    private static String textColumns() {
        return joined(i -> CHARSETS[i] + " VARCHAR(9) CHARACTER SET " + CHARSETS[i]);
    }

    private static String textNames() {
        return joined(i -> CHARSETS[i]);
    }

    private static String textSelects() {
        return joined(i -> "CONVERT(" + CHARSETS[i] + " USING utf8mb4) AS " + CHARSETS[i]);
    }

    private static String texts() {
        return joined(i -> "_" + CHARSETS[i] + " x'" + CHARSETS[i + 1] + "'");
    }

    private static String joined(Function<Integer, String> each) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < CHARSETS.length; i += 2) {
            all.add(each.apply(i));
        }
        return String.join(", ", all);
    }
}
