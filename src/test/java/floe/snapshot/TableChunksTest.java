package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.TableLayout;
import floe.capture.SettingsFor;
import floe.change.TableId;
import floe.encoding.Selects;
import floe.mysql.SourceSchema;
import floe.mysql.SourceTable;
import floe.mysql.SqlName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a real server: each row comes once, whatever the key is, and no chunk reads more than its rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableChunksTest {

    private static final TableId T = TableId.parse("shop.t");
    private static final int ROWS = 6_000;
    private static final TableSize MOST = new TableSize(100, 1 << 20);

    private MySqlServer mysql;
    private Connection session;
    private Connection reading;

    MySqlServer server() {
        return new MySqlServer(
                MySqlSettings.defaults().withOption("sql_mode", "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE"));
    }

    @BeforeAll
    void start() throws SQLException {
        mysql = server().start();
        session = mysql.connection();
    }

    @AfterAll
    void close() {
        if (mysql != null) {
            mysql.close();
        }
    }

    @BeforeEach
    void create() throws SQLException {
        run(
                "SET NAMES utf8mb4, SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00',"
                        + " cte_max_recursion_depth = 100000",
                "CREATE DATABASE shop",
                "USE shop");
        reading = open();
    }

    @AfterEach
    void drop() throws SQLException {
        reading.close();
        run("DROP DATABASE IF EXISTS shop");
    }

    static Stream<KeyKind> kinds() {
        return KeyKind.all().stream();
    }

    /** Each kind alone if it has enough values, and in one of some keys of several columns. */
    static Stream<Arguments> bigKeys() {
        List<KeyKind> kinds = KeyKind.all();
        List<String> compound = List.of("k, n", "k DESC, n", "g, k, n", "g, k DESC, n DESC");
        return IntStream.range(0, kinds.size()).boxed().flatMap(i -> {
            KeyKind kind = kinds.get(i);
            Arguments several = new Arguments(kind, compound.get(i % compound.size()));
            return kind.numbered() == null
                    ? Stream.of(several)
                    : Stream.of(several, new Arguments(kind, i % 2 == 0 ? "k" : "k DESC"));
        });
    }

    /** A kind of key and the columns of the primary key. */
    record Arguments(KeyKind kind, String key) {}

    @ParameterizedTest
    @MethodSource("kinds")
    void eachRowOfAKeyOfOneColumnComesOnce(KeyKind kind) throws Exception {
        for (String direction : List.of("", " DESC")) {
            Random random = new Random(kind.type().hashCode());
            run("CREATE TABLE t (v VARCHAR(20), k " + kind.type() + " NOT NULL, PRIMARY KEY (k" + direction + "))");
            for (String value : kind.values()) {
                run("INSERT IGNORE INTO t VALUES ('x', " + value + ")");
            }
            for (int i = 0; i < 20; i++) {
                run("INSERT IGNORE INTO t VALUES (" + i + ", " + kind.value(random) + ")");
            }

            assertReadsAll(random);

            run("DROP TABLE t");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachRowOfAnyKeyComesOnce(int seed) throws Exception {
        Random random = new Random(seed);
        List<KeyKind> kinds = KeyKind.all();
        List<KeyKind> key = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> kinds.get(random.nextInt(kinds.size())))
                .toList();
        String columns = IntStream.range(0, key.size())
                .mapToObj(i -> "k" + i + " " + key.get(i).type() + " NOT NULL")
                .collect(Collectors.joining(", "));
        String parts = IntStream.range(0, key.size())
                .mapToObj(i -> "k" + i + (random.nextInt(3) == 0 ? " DESC" : ""))
                .collect(Collectors.joining(", "));
        String index = random.nextInt(3) == 0 ? "UNIQUE KEY other (" : "PRIMARY KEY (";
        run("CREATE TABLE t (a INT, " + columns + ", b VARCHAR(9), " + index + parts + "))");
        List<List<String>> values = key.stream()
                .map(kind -> IntStream.range(0, 4).mapToObj(i -> kind.value(random)).toList())
                .toList();
        for (int i = 0; i < 60; i++) {
            String row = values.stream()
                    .map(some -> some.get(random.nextInt(some.size())))
                    .collect(Collectors.joining(", "));
            run("INSERT IGNORE INTO t VALUES (" + i + ", " + row + ", NULL)");
        }

        assertReadsAll(random);
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("floe.seeds", 60));
    }

    @ParameterizedTest
    @MethodSource("bigKeys")
    void aChunkFromTheMiddleReadsNoMoreThanItsRows(Arguments given) throws Exception {
        run("CREATE TABLE t (n INT NOT NULL, g INT NOT NULL, k " + given.kind().type()
                + " NOT NULL, v INT, PRIMARY KEY (" + given.key() + "))");
        fill(given);
        TableChunks chunks = chunks();
        assertThat(chunks.isOrdered()).isTrue();
        Chunk before = chunks.next(reading, Place.BEGINNING, new ChunkSize(ROWS / 2));
        assertThat(before.last()).isFalse();

        long had = rowsRead();
        Chunk chunk = chunks.next(reading, before.next(), new ChunkSize(50));

        assertThat(chunk.rows()).hasSize(50);
        // With what the definition of the table takes.
        assertThat(rowsRead() - had).isLessThan(ROWS / 10);
    }

    private void fill(Arguments given) throws SQLException {
        List<String> some = given.key().contains("n")
                ? given.kind().values()
                : List.of(given.kind().numbered());
        for (int i = 0; i < some.size(); i++) {
            run("INSERT INTO t (n, g, k) WITH RECURSIVE numbers(n) AS (SELECT " + i + " UNION ALL SELECT n + " + some.size()
                    + " FROM numbers WHERE n < " + (ROWS - some.size()) + ") SELECT n, n MOD 3, " + some.get(i)
                    + " FROM numbers");
        }
        run("ANALYZE TABLE t");
    }

    /** Of all chunks from all places, and of all ranges, with another process after some of them. */
    private void assertReadsAll(Random random) throws Exception {
        List<String> expected = plainSelect();
        TableChunks chunks = chunks();
        assertThat(chunks.isOrdered()).as("ordered").isTrue();

        assertThat(readAll(Place.BEGINNING, random)).containsExactlyInAnyOrderElementsOf(expected);

        List<String> byParts = new ArrayList<>();
        for (Place part : chunks.parts(reading, 2 + random.nextInt(4))) {
            byParts.addAll(readAll(part, random));
        }
        assertThat(byParts).as("in parts").containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<String> readAll(Place from, Random random) throws Exception {
        List<String> rows = new ArrayList<>();
        TableChunks chunks = chunks();
        Place place = from;
        boolean last = false;
        while (!last) {
            if (random.nextInt(3) == 0) {
                reading.close();
                reading = open();
                chunks = chunks();
                place = Place.parse(place.text());
            }
            int size = 1 + random.nextInt(7);
            Chunk chunk = chunks.next(reading, place, new ChunkSize(size));
            assertThat(chunk.rows()).hasSizeLessThanOrEqualTo(size);
            chunk.rows().forEach(row -> rows.add(text(row)));
            place = chunk.next();
            last = chunk.last();
        }
        return rows;
    }

    private List<String> plainSelect() throws SQLException {
        TableLayout layout = table().layout();
        String select = layout.columns().stream()
                .map(Selects::expression)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + SqlName.of(T)));
        List<String> rows = new ArrayList<>();
        try (Statement statement = reading.createStatement();
                ResultSet found = statement.executeQuery(select)) {
            while (found.next()) {
                byte[][] row = new byte[layout.columns().size()][];
                for (int i = 0; i < row.length; i++) {
                    row[i] = found.getBytes(i + 1);
                }
                rows.add(text(row));
            }
        }
        return rows;
    }

    private static String text(byte[][] row) {
        return Arrays.stream(row)
                .map(cell -> cell == null ? "NULL" : HexFormat.of().formatHex(cell))
                .collect(Collectors.joining(","));
    }

    private long rowsRead() throws SQLException {
        long rows = 0;
        try (Statement statement = reading.createStatement();
                ResultSet found = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler\\_read%'")) {
            while (found.next()) {
                rows += found.getLong(2);
            }
        }
        return rows;
    }

    private TableChunks chunks() throws Exception {
        return TableChunks.of(reading, table(), MOST);
    }

    private SourceTable table() throws SQLException {
        return SourceSchema.find(reading, List.of(T)).get(T);
    }

    private Connection open() throws SQLException {
        Connection connection = SnapshotConnection.open(SettingsFor.capture(mysql, "shop.t", Path.of("unused")));
        SnapshotConnection.giveRawText(connection);
        return connection;
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(e.getMessage() + ": " + sql, e.getSQLState(), e.getErrorCode(), e);
                }
            }
        }
    }
}
