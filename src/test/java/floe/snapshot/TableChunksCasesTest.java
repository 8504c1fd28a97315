package floe.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.mysql.SourceTable;
import floe.mysql.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be wrong with a table, and what may happen to it while it is read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableChunksCasesTest {

    private static final ChunkSize FIVE = new ChunkSize(5);

    private final Random random = new Random(1);
    ChunkedTable table;

    MySqlServer server() {
        return new MySqlServer(MySqlSettings.defaults());
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

    @Test
    void aKeyThatDoesNotMoveIsAnErrorAndNoLoop() throws Exception {
        table.run("CREATE TABLE t (k FLOAT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (0.1, 1), (0.2, 2), (0.3, 3)");
        TableChunks chunks =
                TableChunks.of(table.reading(), table.table(), ChunkedTable.MOST, column -> SqlName.of(column.name()));
        Chunk first = chunks.next(table.reading(), Place.BEGINNING, new ChunkSize(1));

        assertThatThrownBy(() -> chunks.next(table.reading(), first.next(), new ChunkSize(1)))
                .isInstanceOf(SetAside.class)
                .hasMessageContaining("a key of shop.t again");
        assertThatThrownBy(() -> chunks.next(table.reading(), first.next(), FIVE))
                .isInstanceOf(SetAside.class)
                .hasMessageContaining("a key of shop.t again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADD COLUMN c INT",
                "DROP COLUMN v",
                "RENAME COLUMN v TO w",
                "DROP PRIMARY KEY",
                "MODIFY v BIGINT",
                "MODIFY v VARCHAR(20)",
                "DROP PRIMARY KEY, ADD PRIMARY KEY (v)"
            })
    void aChangedDefinitionIsNoticedByTheNextChunk(String change) throws Exception {
        fill(20);
        SourceTable before = table.table();
        TableChunks chunks = table.chunks();
        Chunk first = chunks.next(table.reading(), Place.BEGINNING, FIVE);

        table.run("ALTER TABLE t " + change);

        assertThatThrownBy(() -> chunks.next(table.reading(), first.next(), FIVE))
                .isInstanceOf(DefinitionChanged.class)
                .hasMessageContaining("shop.t");
        assertThatThrownBy(() -> TableChunks.of(table.reading(), before, ChunkedTable.MOST))
                .isInstanceOf(DefinitionChanged.class);
    }

    @Test
    void aResultOfOtherColumnsIsNotTaken() throws Exception {
        fill(20);
        TableSelect select = new TableSelect(table.table().layout(), null, 1, column -> SqlName.of(column.name()));
        ChunkRows rows = new ChunkRows(select, List.of("k INT 10 0", "v BIGINT 19 0"), 1_000);

        assertThatThrownBy(() -> rows.read(table.reading(), select.sql("", 5)))
                .isInstanceOf(ChunkRows.OtherColumns.class);
        assertThat(rows.rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP TABLE t", "RENAME TABLE t TO u", "DROP DATABASE shop"})
    void aTableThatIsNotThereIsGone(String change) throws Exception {
        fill(20);
        SourceTable before = table.table();
        TableChunks chunks = table.chunks();
        Chunk first = chunks.next(table.reading(), Place.BEGINNING, FIVE);

        table.run(change);

        assertThatThrownBy(() -> chunks.next(table.reading(), first.next(), FIVE))
                .isInstanceOf(TableGone.class)
                .hasMessageContaining("shop.t");
        assertThatThrownBy(() -> TableChunks.of(table.reading(), before, ChunkedTable.MOST))
                .isInstanceOf(TableGone.class);
    }

    @Test
    void aPlaceOfAnotherIndexIsNotGoneOnFrom() throws Exception {
        table.run(
                "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, UNIQUE KEY one (a), UNIQUE KEY two (b))",
                "INSERT INTO t VALUES (1, 9), (2, 8), (3, 7)");
        Chunk first = table.chunks().next(table.reading(), Place.BEGINNING, new ChunkSize(1));
        assertThat(first.next().order()).isEqualTo("one `a`");

        table.run("ALTER TABLE t DROP KEY one, ADD UNIQUE KEY one (a DESC)");

        assertThatThrownBy(() -> table.chunks().next(table.reading(), first.next(), FIVE))
                .isInstanceOf(DefinitionChanged.class);
    }

    @Test
    void aLostConnectionIsNoFaultOfTheTable() throws Exception {
        fill(20);
        TableChunks chunks = table.chunks();
        Connection lost = table.reading();
        lost.abort(Runnable::run);

        assertThatThrownBy(() -> chunks.next(lost, Place.BEGINNING, FIVE)).isInstanceOf(SQLException.class);
    }

    @Test
    void aRowThatIsTooLargeSetsItsTableAsideAndIsNotRead() throws Exception {
        table.run(
                "CREATE TABLE t (k INT PRIMARY KEY, v LONGTEXT CHARACTER SET latin1, j JSON, g GEOMETRY, b LONGBLOB)",
                "INSERT INTO t VALUES (1, 'caf\u00e9', '{\"a\": [1.0, \"\u00e9\"]}', ST_GeomFromText('POINT(1 2)'), X'00ff'),"
                        + " (2, NULL, NULL, NULL, NULL)");
        assertThat(table.readAll(Place.BEGINNING, new Random(1))).isEqualTo(table.select());

        table.run("INSERT INTO t (k, v) VALUES (3, REPEAT('x', 100000))");

        ReadLimits small = new ReadLimits(ChunkedTable.MOST.atOnce(), 50_000);
        TableChunks chunks = TableChunks.of(table.reading(), table.table(), small);
        assertThatThrownBy(() -> chunks.next(table.reading(), Place.BEGINNING, FIVE))
                .isInstanceOf(SetAside.class)
                .hasMessageContaining("capture.row-bytes");
    }

    @Test
    void aStatementThatIsRefusedSetsItsTableAside() throws Exception {
        fill(20);

        assertThatThrownBy(() -> TableChunks.of(
                        table.reading(), table.table(), ChunkedTable.MOST, column -> "NO_SUCH_FUNCTION()"))
                .isInstanceOf(SetAside.class)
                .hasMessageContaining("MySQL refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k INT, v INT",
                "k INT, v INT, UNIQUE KEY (k)",
                "k VARCHAR(20) NOT NULL, v INT, PRIMARY KEY (k(5))",
                "k TEXT NOT NULL, v INT, UNIQUE KEY (k(20))"
            })
    void aSmallTableThatNoIndexOrdersIsOneChunk(String columns) throws Exception {
        table.run("CREATE TABLE t (" + columns + ")", "INSERT INTO t VALUES (1, 1), (20, 1), (300, 1)");
        TableChunks chunks = table.chunks();

        Chunk chunk = chunks.next(table.reading(), Place.BEGINNING, new ChunkSize(1));

        assertThat(chunks.isOrdered()).isFalse();
        assertThat(chunks.parts(table.reading(), 4)).containsExactly(Place.BEGINNING);
        assertThat(chunk.last()).isTrue();
        assertThat(chunk.rows().stream().map(ChunkedTable::text)).containsExactlyInAnyOrderElementsOf(table.select());
    }

    @Test
    void aLargeTableThatNoIndexOrdersIsSetAside() throws Exception {
        fill(5_000);
        table.run("ALTER TABLE t DROP PRIMARY KEY", "ANALYZE TABLE t");

        assertThatThrownBy(() -> table.chunks())
                .isInstanceOf(SetAside.class)
                .hasMessageContaining("shop.t has no unique index of NOT NULL columns")
                .hasMessageContaining("give it a primary key, or allow more");
    }

    @Test
    void aTableThatGrewTooLargeToBeReadAtOnceIsSetAside() throws Exception {
        table.run("CREATE TABLE t (k INT, v TEXT)", "INSERT INTO t VALUES (1, 'x')");
        TableChunks chunks = table.chunks();
        for (int i = 0; i < 20; i++) {
            table.run("INSERT INTO t VALUES (1, REPEAT('x', 65535))");
        }

        assertThatThrownBy(() -> chunks.next(table.reading(), Place.BEGINNING, FIVE))
                .isInstanceOf(SetAside.class)
                .hasMessageContaining("too large");
    }

    @Test
    void anotherIndexOrdersWhatThePrimaryKeyDoesNot() throws Exception {
        table.run(
                "CREATE TABLE t (k VARCHAR(20) NOT NULL, a INT, b INT NOT NULL, PRIMARY KEY (k(5)), UNIQUE KEY x (a),"
                        + " UNIQUE KEY y (b))",
                "INSERT INTO t VALUES ('a', 1, 9), ('b', 2, 8), ('c', NULL, 7)");

        table.assertReadsAll(random);

        assertThat(table.chunks()
                        .next(table.reading(), Place.BEGINNING, FIVE)
                        .next()
                        .order())
                .isEqualTo("y `b`");
    }

    @Test
    void anotherIndexIsReadFromTheMiddleToo() throws Exception {
        table.run(
                "CREATE TABLE t (k VARCHAR(20) NOT NULL, b INT NOT NULL, v CHAR(100), PRIMARY KEY (k(9)), UNIQUE KEY y (b))",
                "INSERT INTO t WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 5999)"
                        + " SELECT CONCAT('k', n), 6000 - n, 'x' FROM n",
                "ANALYZE TABLE t");
        TableChunks chunks = table.chunks();
        Place middle = chunks.next(table.reading(), Place.BEGINNING, new ChunkSize(3_000))
                .next();
        long had = table.rowsRead();

        Chunk chunk = chunks.next(table.reading(), middle, new ChunkSize(50));

        assertThat(chunk.rows()).hasSize(50);
        assertThat(table.rowsRead() - had).isLessThan(600);
    }

    @Test
    void generatedColumnsOrderATable() throws Exception {
        table.run(
                "CREATE TABLE t (a INT NOT NULL, s VARCHAR(20) AS (CONCAT('k', a)) STORED NOT NULL, PRIMARY KEY (s))",
                "INSERT INTO t (a) VALUES (1), (2), (30), (4), (5), (66), (7), (8), (9)");

        table.assertReadsAll(random);
    }

    @Test
    void partitionedTablesAreReadInOneOrder() throws Exception {
        fill(200);
        table.run("ALTER TABLE t PARTITION BY HASH (k) PARTITIONS 5");

        table.assertReadsAll(random);
    }

    @Test
    void aTableOfNothingButItsKeyIsReadFromTheMiddle() throws Exception {
        table.run(
                "CREATE TABLE t (a INT NOT NULL, k INT NOT NULL, PRIMARY KEY (a, k), UNIQUE KEY (k, a))",
                "INSERT INTO t WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 19999)"
                        + " SELECT n MOD 7, n FROM n",
                "ANALYZE TABLE t");
        TableChunks chunks = table.chunks();
        for (int half : new int[] {1_500, 10_000, 18_000}) {
            Place middle = chunks.next(table.reading(), Place.BEGINNING, new ChunkSize(half))
                    .next();
            long had = table.rowsRead();

            Chunk chunk = chunks.next(table.reading(), middle, new ChunkSize(50));

            assertThat(chunk.rows()).hasSize(50);
            assertThat(table.rowsRead() - had).as("from " + half).isLessThan(1_000);
        }
    }

    @Test
    void whatMySqlWouldSortOrSkipIsNoWayToRead() throws Exception {
        fill(500);
        table.run("ALTER TABLE t ADD UNIQUE KEY v (v)", "ANALYZE TABLE t");
        KeyOrder order = new KeyOrder(
                "PRIMARY", List.of(new KeyPart(table.table().layout().columns().get(0), false)));
        String select = "SELECT * FROM shop.t" + order.hint();

        Explain seek = Explain.of(table.reading(), select + " WHERE k > 400 ORDER BY k LIMIT 400");
        Explain skip = Explain.of(table.reading(), select + " WHERE k + 0 > 400 ORDER BY k LIMIT 400");
        Explain sort = Explain.of(table.reading(), select + " WHERE k > 400 ORDER BY v LIMIT 400");
        Explain other = Explain.of(table.reading(), "SELECT * FROM shop.t FORCE INDEX (v) ORDER BY v LIMIT 400");
        Explain nothing = Explain.of(table.reading(), select + " WHERE 1 = 0 ORDER BY v LIMIT 400");

        assertThat(List.of(seek, skip, sort, other, nothing))
                .extracting(explain -> explain.scans(order) + " " + explain.seeks(order))
                .containsExactly("true true", "true false", "false false", "false false", "true true");
    }

    @Test
    void anEmptyTableIsAtItsEnd() throws Exception {
        fill(0);
        TableChunks chunks = table.chunks();

        Chunk chunk = chunks.next(table.reading(), Place.BEGINNING, FIVE);

        assertThat(chunk.rows()).isEmpty();
        assertThat(chunk.last()).isTrue();
        assertThat(chunks.parts(table.reading(), 4)).hasSize(1);
    }

    @Test
    void aChunkEndsWhereItHasManyBytes() throws Exception {
        table.run("CREATE TABLE t (k INT PRIMARY KEY, v LONGBLOB)");
        for (int i = 0; i < 20; i++) {
            table.run("INSERT INTO t VALUES (" + i + ", REPEAT('x', " + (i == 15 ? 10 << 20 : 1 << 20) + "))");
        }
        TableChunks chunks = table.chunks();
        List<Integer> sizes = new ArrayList<>();
        Place place = Place.BEGINNING;
        ChunkSize size = ChunkSize.FIRST;
        boolean last = false;
        while (!last) {
            Chunk chunk = chunks.next(table.reading(), place, size);
            sizes.add(chunk.rows().size());
            place = chunk.next();
            size = chunk.size();
            last = chunk.last();
        }

        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
        assertThat(sizes).allMatch(rows -> rows <= 8).startsWith(8);
    }

    @Test
    void whatCameUntilAStatementTookTooLongIsAChunk() throws Exception {
        fill(2_000);
        TableChunks chunks = TableChunks.of(
                table.reading(),
                table.table(),
                ChunkedTable.MOST,
                column -> column.name().equals("v") ? "IF(SLEEP(IF(`k` < 0, 0, 0.02)), 0, `v`)" : "`k`");

        Chunk chunk = chunks.next(table.reading(), Place.BEGINNING, ChunkSize.FIRST);

        assertThat(chunk.last()).isFalse();
        assertThat(chunk.rows()).hasSizeBetween(101, 900);
        byte[][] end = chunk.rows().get(chunk.rows().size() - 1);
        assertThat(new String(end[0], UTF_8))
                .isEqualTo(String.valueOf(chunk.rows().size() - 1));
        assertThat(chunk.next().after()).containsExactly(new String(end[0], UTF_8));
        assertThat(chunk.size().rows()).isLessThan(200);
    }

    @Test
    void aStatementThatGaveNothingInTimeIsTriedAgainSmaller() throws Exception {
        fill(2_000);
        TableChunks chunks = table.chunks();
        try (Statement statement = table.reading().createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = 100");
        }
        table.run("LOCK TABLES t WRITE");
        CompletableFuture<Void> unlocked = CompletableFuture.runAsync(
                () -> assertThatCode(() -> table.run("UNLOCK TABLES")).doesNotThrowAnyException(),
                CompletableFuture.delayedExecutor(7, TimeUnit.SECONDS));

        Chunk chunk = chunks.next(table.reading(), Place.BEGINNING, ChunkSize.FIRST);

        unlocked.get();
        assertThat(chunk.rows()).hasSize(100);
        assertThat(chunk.last()).isFalse();
    }

    @Test
    void partsAreAboutEqualHoweverKeysAreSpread() throws Exception {
        fill(3_000);
        table.run(
                "ALTER TABLE t MODIFY k BIGINT",
                "INSERT INTO t SELECT k + 1000000000000000, v FROM t",
                "ANALYZE TABLE t");
        TableChunks chunks = table.chunks();

        List<Integer> sizes = new ArrayList<>();
        for (Place part : chunks.parts(table.reading(), 4)) {
            sizes.add(chunks.next(table.reading(), part, new ChunkSize(100_000))
                    .rows()
                    .size());
        }

        assertThat(sizes).hasSize(4).allMatch(rows -> rows > 750 && rows < 2_400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " DESC"})
    void rowsThatComeOutsideOfAllPartsBelongToTheOuterOnes(String direction) throws Exception {
        fill(100);
        table.run("ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (k" + direction + ")", "ANALYZE TABLE t");
        List<Place> parts = table.chunks().parts(table.reading(), 3);
        assertThat(parts).hasSize(3);

        table.run("INSERT INTO t VALUES (-1000, 1), (100, 1), (5000, 1)");

        List<String> rows = new ArrayList<>();
        for (Place part : parts) {
            rows.addAll(table.readAll(part, random));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(table.select());
    }

    @Test
    void aPlaceIsNoWayIntoAStatement() throws Exception {
        fill(20);
        TableChunks chunks = table.chunks();
        Place place = new Place("PRIMARY `k`", List.of("0 OR 1"), null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chunks.next(table.reading(), place, FIVE))
                .withMessageContaining("something else than a value of `k`");
    }

    @Test
    void theSizeIsAnEstimateOfThisMoment() throws Exception {
        fill(0);
        // From now on MySQL says the same for a day, except to those who do not want that.
        table.run("SELECT TABLE_ROWS FROM information_schema.TABLES WHERE TABLE_NAME = 't'");

        table.run("INSERT INTO t VALUES (1, 1), (2, 1)");

        assertThat(TableSize.estimate(table.reading(), ChunkedTable.ID).rows()).isEqualTo(2);
        assertThat(TableSize.estimate(table.reading(), ChunkedTable.ID).bytes()).isPositive();
    }

    void fill(int rows) throws SQLException {
        table.run("CREATE TABLE t (k INT PRIMARY KEY, v INT NOT NULL)");
        if (rows > 0) {
            table.run("INSERT INTO t WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < "
                    + (rows - 1) + ") SELECT n, n FROM n");
        }
    }
}
