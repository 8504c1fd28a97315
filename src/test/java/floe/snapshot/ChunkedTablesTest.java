package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import floe.capture.CaptureSettings;
import floe.capture.SettingsFor;
import floe.change.Position;
import floe.change.TableId;
import floe.state.TableSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server whose settings would change what is read. */
class ChunkedTablesTest {

    private static MySqlServer mysql;

    @TempDir
    Path folder;

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
    void cellsAreTheBytesOfTheirColumnWhateverTheServerIsSetTo() throws Exception {
        mysql.execute(
                """
                CREATE TABLE shop.values (
                  id INT PRIMARY KEY, l VARCHAR(9) CHARACTER SET latin1, u VARCHAR(9) CHARACTER SET utf8mb4,
                  k VARCHAR(9) CHARACTER SET koi8u, c CHAR(5) CHARACTER SET ascii, b BLOB, d DATE, t TIMESTAMP(3) NULL)""",
                "INSERT INTO shop.values VALUES (1, x'81E9', _utf8mb4 x'C3A9', x'A4', 'a', x'00ff27', NULL, NULL)");
        inOneSession(
                "SET time_zone = '+00:00'",
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "INSERT INTO shop.values (id, d, t) VALUES (2, '2024-02-31', '2024-07-01 12:00:00.5'), (3, '0000-00-00', NULL)");

        assertThat(read("shop.values"))
                .containsExactly(
                        "1,\u0081\u00e9,\u00c3\u00a9,\u00a4,a,\u0000\u00ff',NULL,NULL",
                        "2,NULL,NULL,NULL,NULL,NULL,2024-02-31,2024-07-01 12:00:00.500",
                        "3,NULL,NULL,NULL,NULL,NULL,0000-00-00,NULL");
    }

    @Test
    void whatIsNotCommittedIsNotRead() throws Exception {
        try (Connection other = mysql.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO shop.items VALUES (3, 'never')");

            assertThat(read("shop.items")).containsExactly("1,one", "2,NULL");

            other.rollback();
        }
    }

    /** MySQL sends a transaction before other sessions see it: a table that was read too early would miss its rows. */
    @Test
    void nothingIsReadBeforeAllTransactionsOfTheSnapshotShow() throws Exception {
        String coming = mysql.value("SELECT UUID()") + ":1";
        AtomicReference<String> waiting = new AtomicReference<>();
        CompletableFuture<List<String>> rows = CompletableFuture.supplyAsync(() -> {
            try (TableSource.Reading reading = tables().open(snapshot("shop.items", coming), server(), waiting::set)) {
                return rows(reading);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> waiting.get() != null);
        assertThat(waiting.get()).contains(coming);
        assertThat(rows).isNotDone();

        inOneSession(
                "SET GTID_NEXT = '" + coming + "'",
                "INSERT INTO shop.items VALUES (3, 'three')",
                "SET GTID_NEXT = AUTOMATIC");

        assertThat(rows.get()).containsExactly("1,one", "2,NULL", "3,three");
    }

    @Test
    void anotherServerIsNotRead() {
        assertThatThrownBy(() -> tables().open(snapshot("shop.items", ""), "another", waiting -> {}))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another");
    }

    @Test
    void aTableThatCannotBeReadIsSaidToBe() {
        mysql.execute(
                "CREATE TABLE shop.keyless (a INT)",
                "CREATE TABLE shop.part (id INT PRIMARY KEY)",
                "CREATE USER u IDENTIFIED WITH mysql_native_password BY '" + mysql.password() + "'",
                "GRANT REPLICATION CLIENT ON *.* TO u",
                "GRANT SELECT ON shop.keyless TO u",
                "GRANT INSERT ON shop.part TO u");

        assertNotRead("shop.none", "it was dropped or renamed, or may not be read any more");
        assertNotRead("shop.keyless", "it has no key");
        assertNotRead("shop.part", "the user of capture may not: GRANT SELECT ON shop.part");
    }

    @Test
    void closingEndsAReadingAtOnce() throws Exception {
        TableSource.Reading reading = tables().open(snapshot("shop.items", ""), server(), waiting -> {});
        String part = reading.parts(1).get(0);
        mysql.execute("SET GLOBAL max_execution_time = 0");
        reading.close();

        assertThatThrownBy(() -> reading.next(part)).isInstanceOf(SQLException.class);
    }

    @Test
    void noStatementLocksAnything() throws Exception {
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
                .allMatch(Set.of("SELECT", "SET", "SHOW", "EXPLAIN", "/*")::contains);
    }

    private void assertNotRead(String table, String why) {
        CaptureSettings settings = SettingsFor.capture(mysql, table, folder, "capture.user", "u");
        assertThatThrownBy(() -> new ChunkedTables(settings).open(snapshot(table, ""), server(), waiting -> {}))
                .isInstanceOf(TableNotRead.class)
                .hasMessage(why);
    }

    private ChunkedTables tables() {
        return new ChunkedTables(SettingsFor.capture(mysql, "shop.items", folder));
    }

    private static String server() {
        return mysql.value("SELECT @@server_uuid");
    }

    private static TableSnapshot snapshot(String table, String gtids) {
        return TableSnapshot.begin(
                TableId.parse(table), new Position(1, 1, 4, 0), "binlog.000001", gtids, Instant.EPOCH);
    }

    private List<String> read(String table) throws Exception {
        try (TableSource.Reading reading = tables().open(snapshot(table, ""), server(), waiting -> {})) {
            return rows(reading);
        }
    }

    private static List<String> rows(TableSource.Reading reading) throws Exception {
        List<String> rows = new ArrayList<>();
        String place = reading.parts(1).get(0);
        while (place != null) {
            TableSource.Chunk chunk = reading.next(place);
            chunk.rows()
                    .forEach(row -> rows.add(Arrays.stream(row)
                            .map(cell -> cell == null ? "NULL" : new String(cell, StandardCharsets.ISO_8859_1))
                            .collect(Collectors.joining(","))));
            place = chunk.next().orElse(null);
        }
        return rows;
    }

    private static void inOneSession(String... statements) throws SQLException {
        try (Connection session = mysql.connection();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
