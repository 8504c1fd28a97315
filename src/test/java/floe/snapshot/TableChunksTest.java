package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a real server: each row comes once, whatever the key is, and no chunk reads more than its rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableChunksTest {

    private static final int ROWS = 6_000;

    private ChunkedTable table;

    MySqlServer server() {
        return new MySqlServer(
                MySqlSettings.defaults().withOption("sql_mode", "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE"));
    }

    @BeforeAll
    void start() throws SQLException {
        table = new ChunkedTable(server());
    }

    @AfterAll
    void close() {
        if (table != null) {
            table.close();
        }
    }

    @BeforeEach
    void begin() throws SQLException {
        table.begin();
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
            table.run(
                    "CREATE TABLE t (v VARCHAR(20), k " + kind.type() + " NOT NULL, PRIMARY KEY (k" + direction + "))");
            for (String value : kind.values()) {
                table.run("INSERT IGNORE INTO t VALUES ('x', " + value + ")");
            }
            for (int i = 0; i < 20; i++) {
                table.run("INSERT IGNORE INTO t VALUES (" + i + ", " + kind.value(random) + ")");
            }

            table.assertReadsAll(random);

            table.run("DROP TABLE t");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachRowOfAnyKeyComesOnce(int seed) throws Exception {
        // The first numbers of neighbouring seeds are alike.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
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
        table.run("CREATE TABLE t (a INT, " + columns + ", b VARCHAR(9), " + index + parts + "))");
        List<List<String>> values = key.stream()
                .map(kind ->
                        IntStream.range(0, 4).mapToObj(i -> kind.value(random)).toList())
                .toList();
        for (int i = 0; i < 60; i++) {
            String row = values.stream()
                    .map(some -> some.get(random.nextInt(some.size())))
                    .collect(Collectors.joining(", "));
            table.run("INSERT IGNORE INTO t VALUES (" + i + ", " + row + ", NULL)");
        }

        table.assertReadsAll(random);
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("floe.seeds", 60));
    }

    @ParameterizedTest
    @MethodSource("bigKeys")
    void aChunkFromTheMiddleReadsNoMoreThanItsRows(Arguments given) throws Exception {
        table.run("CREATE TABLE t (n INT NOT NULL, g INT NOT NULL, k "
                + given.kind().type() + " NOT NULL, v INT, PRIMARY KEY (" + given.key() + "))");
        fill(given);
        TableChunks chunks = table.chunks();
        assertThat(chunks.isOrdered()).isTrue();
        Chunk before = chunks.next(table.reading(), Place.BEGINNING, new ChunkSize(ROWS / 2));
        assertThat(before.last()).isFalse();

        long had = table.rowsRead();
        Chunk chunk = chunks.next(table.reading(), before.next(), new ChunkSize(50));

        assertThat(chunk.rows()).hasSize(50);
        // With what the definition of the table takes.
        assertThat(table.rowsRead() - had).isLessThan(ROWS / 10);
    }

    private void fill(Arguments given) throws SQLException {
        List<String> some = given.key().contains("n")
                ? given.kind().values()
                : List.of(given.kind().numbered());
        for (int i = 0; i < some.size(); i++) {
            table.run("INSERT INTO t (n, g, k) WITH RECURSIVE numbers(n) AS (SELECT " + i + " UNION ALL SELECT n + "
                    + some.size()
                    + " FROM numbers WHERE n < " + (ROWS - some.size()) + ") SELECT n, n MOD 3, " + some.get(i)
                    + " FROM numbers");
        }
        table.run("ANALYZE TABLE t");
    }
}
