package floe.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import floe.binlog.Sighting;
import floe.capture.BinlogSource;
import floe.capture.CaptureFailed;
import floe.capture.CaptureSettings;
import floe.capture.Origin;
import floe.capture.SettingsFor;
import floe.capture.SourceEvent;
import floe.change.Column;
import floe.change.TableId;
import floe.mysql.SqlName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotReadingTest {

    private static final TableId ITEMS = TableId.parse("shop.items");

    private static MySqlServer mysql;

    private final Heard heard = new Heard();

    /** Takes what a reading gives, and does something after each batch. */
    private static final class Heard implements BinlogSource.Reader {

        private final List<List<SourceEvent>> batches = new ArrayList<>();
        private Runnable afterBatch = () -> {};
        private int begun;
        private int stopped;

        @Override
        public void reading() {
            begun++;
        }

        @Override
        public void stopped() {
            stopped++;
        }

        @Override
        public void take(List<SourceEvent> batch) {
            batches.add(batch);
            afterBatch.run();
        }

        List<SourceEvent> events() {
            return batches.stream().flatMap(Collection::stream).toList();
        }

        <T extends SourceEvent> List<T> all(Class<T> type) {
            return events().stream().filter(type::isInstance).map(type::cast).toList();
        }

        /** Cells as text of one byte a character, rows with commas. */
        List<String> rows(TableId table) {
            return all(SourceEvent.Reads.class).stream()
                    .filter(reads -> reads.table().id().equals(table))
                    .flatMap(reads -> reads.rows().stream())
                    .map(row -> Arrays.stream(row)
                            .map(cell -> cell == null ? "NULL" : new String(cell, ISO_8859_1))
                            .collect(Collectors.joining(",")))
                    .toList();
        }

        SourceEvent.SnapshotEnd end() {
            return (SourceEvent.SnapshotEnd) events().get(events().size() - 2);
        }

        SourceEvent.Progress progress() {
            return (SourceEvent.Progress) events().get(events().size() - 1);
        }
    }

    @BeforeAll
    static void start() {
        mysql = new MySqlServer(MySqlSettings.defaults()
                        .withOption("sql_mode", "PAD_CHAR_TO_FULL_LENGTH,NO_ZERO_DATE,STRICT_ALL_TABLES")
                        .withOption("default_time_zone", "+05:00")
                        .withOption("transaction_isolation", "READ-UNCOMMITTED"))
                .start();
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @BeforeEach
    void create() {
        mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(20) CHARACTER SET latin1)",
                "INSERT INTO shop.items VALUES (1, 'one'), (2, NULL)");
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE shop", "DROP USER IF EXISTS u");
    }

    @Test
    void tablesComeOneAfterAnotherEachWithItsShapeFirst() {
        mysql.execute(
                "CREATE TABLE shop.others (a INT, b CHAR(3), KEY (b), PRIMARY KEY (a))",
                "INSERT INTO shop.others VALUES (7, 'x')");

        read("shop.items", "shop.others");

        assertThat(heard.begun).isEqualTo(1);
        assertThat(heard.stopped).isZero();
        assertThat(heard.events()).hasSize(6);
        assertThat(shape(0).table()).isEqualTo(ITEMS);
        assertThat(shape(0).shape().columns()).extracting(Column::name).containsExactly("id", "name");
        assertThat(heard.events().get(1)).isInstanceOf(SourceEvent.Reads.class);
        assertThat(shape(2).table()).hasToString("shop.others");
        assertThat(shape(2).shape().key()).containsExactly("a");
        assertThat(heard.rows(ITEMS)).containsExactly("1,one", "2,NULL");
        assertThat(heard.rows(TableId.parse("shop.others"))).containsExactly("7,x");
        assertThat(heard.end().tables()).extracting(TableId::toString).containsExactly("shop.items", "shop.others");
    }

    @Test
    void allHaveThePlaceWhereTheBinlogGoesOn() {
        mysql.rotateBinlog();
        mysql.execute("INSERT INTO shop.items VALUES (3, 'three')");
        String file = String.valueOf(mysql.query("SHOW MASTER STATUS").get(0).get("File"));
        long before = System.currentTimeMillis();

        read("shop.items");

        Origin origin = heard.end().origin();
        assertThat(origin).isEqualTo(new Origin(file, 4, 0, null, origin.millis(), true));
        assertThat(origin.millis()).isBetween(before, System.currentTimeMillis());
        assertThat(heard.all(SourceEvent.Located.class))
                .extracting(SourceEvent.Located::origin)
                .containsOnly(origin);
        assertThat(heard.progress().offset())
                .isEqualTo(Map.of(
                        "file",
                        file,
                        "pos",
                        4L,
                        "gtids",
                        mysql.value("SELECT @@gtid_executed").replaceAll("\\s", ""),
                        "ahead_file",
                        file,
                        "ahead_pos",
                        Long.valueOf(String.valueOf(
                                mysql.query("SHOW MASTER STATUS").get(0).get("Position")))));
    }

    @Test
    void cellsAreTheBytesOfTheirColumnWhateverTheServerIsSetTo() {
        mysql.execute(
                """
                CREATE TABLE shop.values (
                  id INT PRIMARY KEY, l VARCHAR(9) CHARACTER SET latin1, u VARCHAR(9) CHARACTER SET utf8mb4,
                  k VARCHAR(9) CHARACTER SET koi8u, c CHAR(5) CHARACTER SET ascii, b BLOB, d DATE, t TIMESTAMP(3) NULL)""",
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "SET time_zone = '+00:00'");
        mysql.execute(
                "INSERT INTO shop.values VALUES (1, x'81E9', _utf8mb4 x'C3A9', x'A4', 'a', x'00ff27', NULL, NULL)");
        execute(
                "SET time_zone = '+00:00'",
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "INSERT INTO shop.values (id, d, t) VALUES (2, '2024-02-31', '2024-07-01 12:00:00.5'), (3, '0000-00-00', NULL)");

        read("shop.values");

        assertThat(heard.rows(TableId.parse("shop.values")))
                .containsExactly(
                        "1,\u0081\u00e9,\u00c3\u00a9,\u00a4,a,\u0000\u00ff',NULL,NULL",
                        "2,NULL,NULL,NULL,NULL,NULL,2024-02-31,2024-07-01 12:00:00.500",
                        "3,NULL,NULL,NULL,NULL,NULL,0000-00-00,NULL");
    }

    @Test
    void whatIsNotCommittedIsNotRead() throws SQLException {
        try (Connection other = mysql.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO shop.items VALUES (3, 'never')");

            read("shop.items");

            other.rollback();
        }
        assertThat(heard.rows(ITEMS)).containsExactly("1,one", "2,NULL");
    }

    @Test
    void columnsAreReadByTheirExpressionsAndNamesNeedNoQuoting() {
        mysql.execute(
                "CREATE TABLE shop.`it's a ``table``` (`a ``b``` INT PRIMARY KEY)",
                "INSERT INTO shop.`it's a ``table``` VALUES (4)");
        TableId table = new TableId("shop", "it's a `table`");

        new SnapshotReading(settings(), Set.of(table), column -> "10 + " + SqlName.of(column.name())).run(heard);

        assertThat(heard.rows(table)).containsExactly("14");
    }

    @Test
    void batchesAreOfSoManyRowsOrBytes() {
        mysql.execute(
                "CREATE TABLE shop.many (id INT PRIMARY KEY AUTO_INCREMENT, b MEDIUMBLOB)",
                "INSERT INTO shop.many (id) WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000)"
                        + " SELECT n FROM n",
                "INSERT INTO shop.many (b) SELECT NULL FROM shop.many m, (SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) x",
                "CREATE TABLE shop.large (id INT PRIMARY KEY, b MEDIUMBLOB)",
                "INSERT INTO shop.large WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5)"
                        + " SELECT n, REPEAT('x', 600000) FROM n");

        read("shop.many", "shop.large");

        assertThat(heard.batches.stream().map(batch -> batch.stream()
                        .filter(SourceEvent.Reads.class::isInstance)
                        .map(reads -> ((SourceEvent.Reads) reads).rows().size())
                        .toList()))
                .containsExactly(List.of(2000), List.of(2000), List.of(1000, 2), List.of(2), List.of(1));
    }

    @Test
    void manySmallTablesShareABatch() {
        List<String> tables = IntStream.range(0, 50).mapToObj(i -> "shop.t" + i).toList();
        tables.forEach(table -> mysql.execute(
                "CREATE TABLE " + table + " (id INT PRIMARY KEY)", "INSERT INTO " + table + " VALUES (1)"));

        read(tables.toArray(String[]::new));

        assertThat(heard.batches).hasSize(1);
        assertThat(heard.all(SourceEvent.Reads.class)).hasSize(50);
        assertThat(heard.end().tables()).hasSize(50);
    }

    @Test
    void aTableThatIsGoneHasNoKeyOrMayNotBeReadIsSetAsideAndTheOthersGoOn() {
        mysql.execute(
                "CREATE TABLE shop.keyless (a INT)",
                "CREATE TABLE shop.part (id INT PRIMARY KEY)",
                "CREATE USER u IDENTIFIED WITH mysql_native_password BY '" + mysql.password() + "'",
                "GRANT REPLICATION CLIENT ON *.* TO u",
                "GRANT SELECT ON shop.items TO u",
                "GRANT SELECT ON shop.keyless TO u",
                "GRANT INSERT ON shop.part TO u");

        reading(settings("capture.user", "u"), "shop.none", "shop.keyless", "shop.part", "shop.items")
                .run(heard);

        assertThat(heard.end().tables()).containsExactly(ITEMS);
        assertThat(heard.rows(ITEMS)).hasSize(2);
        assertThat(setAside())
                .containsExactly(
                        "shop.none: the snapshot could not read it, as it was dropped or renamed, or may not be read any more",
                        "shop.keyless: the snapshot could not read it, as it has no key",
                        "shop.part: the snapshot could not read it, as the user of capture may not: GRANT SELECT ON shop.part");
    }

    @Test
    void aStatementThatMySqlEndsSetsItsTableAside() {
        fill("shop.big", 100_000);
        heard.afterBatch = () -> {
            if (heard.batches.size() == 1) {
                mysql.execute("KILL QUERY " + connectionOfSnapshot());
            }
        };

        read("shop.big", "shop.items");

        assertThat(setAside())
                .containsExactly("shop.big: the snapshot could not read it, as somebody had MySQL end the statement");
        assertThat(heard.end().tables()).containsExactly(ITEMS);
    }

    @Test
    void aTableThatChangesWhileItIsReadIsSetAside() {
        AtomicBoolean changed = new AtomicBoolean();
        BinlogSource.Reading reading = new SnapshotReading(settings(), Set.of(ITEMS), column -> {
            // Between the look at the table and its SELECT.
            if (changed.compareAndSet(false, true)) {
                mysql.execute("ALTER TABLE shop.items MODIFY name VARCHAR(30) CHARACTER SET utf8mb4");
            }
            return "`" + column.name() + "`";
        });

        reading.run(heard);

        assertThat(setAside())
                .containsExactly("shop.items: the snapshot could not read it, as its definition changed meanwhile");
        assertThat(heard.end().tables()).isEmpty();
    }

    @Test
    void aLostConnectionFailsItInFloesWords() {
        fill("shop.big", 100_000);
        heard.afterBatch = () -> {
            if (heard.batches.size() == 1) {
                mysql.execute("KILL " + connectionOfSnapshot());
            }
        };

        assertThatThrownBy(() -> read("shop.big", "shop.items"))
                .isInstanceOf(CaptureFailed.class)
                .hasMessage("The connection to MySQL at 127.0.0.1:" + mysql.port()
                        + " was lost in a snapshot, which begins anew");
        assertThat(heard.stopped).isEqualTo(1);
        assertThat(heard.all(SourceEvent.SnapshotEnd.class)).isEmpty();
    }

    @Test
    void closingEndsItAtOnce() throws Exception {
        fill("shop.big", 100_000);
        SnapshotReading reading = reading(settings(), "shop.big");
        CountDownLatch first = new CountDownLatch(1);
        heard.afterBatch = first::countDown;
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> reading.run(heard));
        first.await();

        reading.close();

        running.get(10, TimeUnit.SECONDS);
        assertThat(heard.all(SourceEvent.SnapshotEnd.class)).isEmpty();
        assertThat(heard.stopped).isEqualTo(1);
    }

    @Test
    void closingEndsAStatementThatMySqlIsStillAtWorkOn() throws Exception {
        SnapshotReading reading = new SnapshotReading(settings(), Set.of(ITEMS), column -> "SLEEP(100)");
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> reading.run(heard));
        await().until(() -> !mysql.query("SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%'")
                .isEmpty());

        reading.fail("MySQL took too long");

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("MySQL took too long");
        // MySQL itself looks at its connection only when it has something to send.
        mysql.execute("KILL " + connectionOfSnapshot());
    }

    @Test
    void oneThatIsClosedBeforeItRunsReadsNothing() {
        SnapshotReading reading = reading(settings(), "shop.items");
        reading.close();

        reading.run(heard);

        assertThat(heard.batches).isEmpty();
    }

    @Test
    void whenABatchCannotBeStoredNoMoreIsRead() {
        fill("shop.big", 100_000);
        heard.afterBatch = () -> {
            throw new IllegalStateException("not stored");
        };

        assertThatThrownBy(() -> read("shop.big")).hasMessage("not stored");
        assertThat(heard.batches).hasSize(1);
    }

    @Test
    void noStatementLocksAnything() {
        mysql.execute("SET GLOBAL log_output = 'TABLE'", "TRUNCATE mysql.general_log", "SET GLOBAL general_log = ON");
        try {
            read("shop.items");
        } finally {
            mysql.execute("SET GLOBAL general_log = OFF");
        }

        assertThat(mysql.query(
                        "SELECT CONVERT(argument USING utf8mb4) q FROM mysql.general_log WHERE user_host LIKE 'floe%'"
                                + " AND command_type = 'Query'"))
                .extracting(row -> String.valueOf(row.get("q")).strip().split("\\s", 2)[0])
                .isNotEmpty()
                .allMatch(Set.of("SELECT", "SET", "SHOW", "/*")::contains);
    }

    /** Under writes and new binlog files: nothing may be missing from both the snapshot and what is streamed after it. */
    @Test
    void whatItDoesNotReadStandsInItsFileOrALaterOne() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<?>[] writers = IntStream.range(0, 3)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer, writing)))
                .toArray(CompletableFuture[]::new);
        List<Heard> ends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Heard one = new Heard();
            reading(settings(), "shop.items").run(one);
            ends.add(one);
        }
        writing.set(false);
        CompletableFuture.allOf(writers).get();

        // The beginning of each file names the transactions of all before it.
        for (Heard end : ends) {
            String before = String.valueOf(
                    mysql.query("SHOW BINLOG EVENTS IN '" + end.end().origin().file() + "' LIMIT 2")
                            .get(1)
                            .get("Info"));
            assertThat(mysql.value(
                            "SELECT GTID_SUBTRACT(?, ?)",
                            before,
                            end.progress().offset().get("gtids")))
                    .as("streamed, and below " + end.end().origin())
                    .isEmpty();
        }
    }

    private static void write(int writer, AtomicBoolean writing) {
        try (Connection connection = mysql.connection();
                Statement statement = connection.createStatement()) {
            for (int id = 10; writing.get(); id += 3) {
                statement.execute("INSERT INTO shop.items VALUES (" + (id + writer) + ", 'x')");
                statement.execute("FLUSH BINARY LOGS");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private SourceEvent.Shape shape(int event) {
        return (SourceEvent.Shape) heard.events().get(event);
    }

    private List<String> setAside() {
        return heard.all(SourceEvent.Seen.class).stream()
                .map(seen -> (Sighting.Unseen) seen.sighting())
                .map(unseen -> unseen.tables().iterator().next() + ": " + unseen.what())
                .toList();
    }

    private void read(String... tables) {
        reading(settings(), tables).run(heard);
    }

    private static SnapshotReading reading(CaptureSettings settings, String... tables) {
        Set<TableId> ids = Stream.of(tables).map(TableId::parse).collect(Collectors.toCollection(LinkedHashSet::new));
        return new SnapshotReading(settings, ids, column -> SqlName.of(column.name()));
    }

    private static CaptureSettings settings(String... more) {
        return SettingsFor.capture(mysql, "shop.items", Path.of("unused"), more);
    }

    private static void fill(String table, int rows) {
        mysql.execute(
                "CREATE TABLE " + table + " (id INT PRIMARY KEY, text CHAR(200) CHARACTER SET ascii NOT NULL)",
                "SET cte_max_recursion_depth = 1000000",
                "INSERT INTO " + table + " WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < "
                        + rows + ") SELECT n, REPEAT('x', 200) FROM n");
    }

    private static String connectionOfSnapshot() {
        return mysql.value("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'floe'");
    }

    private static void execute(String... statements) {
        mysql.execute(statements);
    }
}
