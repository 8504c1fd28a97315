package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.TableLayout;
import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceTableTest {

    private static final TableId THINGS = TableId.parse("shop.things");

    private static MySqlServer mysql;

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE IF EXISTS shop");
    }

    @Test
    void everyTypeOfMySqlHasItsLayout() throws SQLException {
        assertThat(
                        layoutOf(
                                """
                        a TINYINT, b SMALLINT UNSIGNED, c MEDIUMINT ZEROFILL, d INT, e BIGINT UNSIGNED,
                        f FLOAT(7,3), g DOUBLE UNSIGNED, h DECIMAL(10,2) UNSIGNED, i BIT(10), j YEAR, k DATE, l TIME(3),
                        m DATETIME, n TIMESTAMP(6) NULL, o CHAR(3) CHARACTER SET utf8mb4, p VARCHAR(300) CHARACTER SET latin1,
                        q BINARY(4), r VARBINARY(9), s TINYTEXT CHARACTER SET koi8u, t TEXT CHARACTER SET utf8mb4,
                        u MEDIUMTEXT CHARACTER SET utf8mb4, v LONGTEXT CHARACTER SET utf8mb4, w TINYBLOB, x BLOB,
                        y MEDIUMBLOB, z LONGBLOB, j1 JSON, g1 GEOMETRY, g2 POINT, g3 LINESTRING, g4 POLYGON, g5 MULTIPOINT,
                        g6 MULTILINESTRING, g7 MULTIPOLYGON, g8 GEOMETRYCOLLECTION,
                        e1 ENUM('a','b,c','it''s') CHARACTER SET latin1, s1 SET('x','y') CHARACTER SET utf8mb4"""))
                .containsExactly(
                        number("a", MySqlType.TINYINT, false),
                        number("b", MySqlType.SMALLINT, true),
                        number("c", MySqlType.MEDIUMINT, true),
                        number("d", MySqlType.INT, false),
                        number("e", MySqlType.BIGINT, true),
                        number("f", MySqlType.FLOAT, false),
                        number("g", MySqlType.DOUBLE, true),
                        new ColumnLayout("h", MySqlType.DECIMAL, true, 10, 2, null, List.of()),
                        sized("i", MySqlType.BIT, 10, null),
                        ColumnLayout.of("j", MySqlType.YEAR),
                        ColumnLayout.of("k", MySqlType.DATE),
                        scaled("l", MySqlType.TIME, 3),
                        scaled("m", MySqlType.DATETIME, 0),
                        scaled("n", MySqlType.TIMESTAMP, 6),
                        sized("o", MySqlType.CHAR, 12, "utf8mb4"),
                        sized("p", MySqlType.VARCHAR, 300, "latin1"),
                        sized("q", MySqlType.BINARY, 4, null),
                        sized("r", MySqlType.VARBINARY, 9, null),
                        sized("s", MySqlType.TEXT, 1, "koi8u"),
                        sized("t", MySqlType.TEXT, 2, "utf8mb4"),
                        sized("u", MySqlType.TEXT, 3, "utf8mb4"),
                        sized("v", MySqlType.TEXT, 4, "utf8mb4"),
                        sized("w", MySqlType.BLOB, 1, null),
                        sized("x", MySqlType.BLOB, 2, null),
                        sized("y", MySqlType.BLOB, 3, null),
                        sized("z", MySqlType.BLOB, 4, null),
                        sized("j1", MySqlType.JSON, 4, null),
                        sized("g1", MySqlType.GEOMETRY, 4, null),
                        sized("g2", MySqlType.GEOMETRY, 4, null),
                        sized("g3", MySqlType.GEOMETRY, 4, null),
                        sized("g4", MySqlType.GEOMETRY, 4, null),
                        sized("g5", MySqlType.GEOMETRY, 4, null),
                        sized("g6", MySqlType.GEOMETRY, 4, null),
                        sized("g7", MySqlType.GEOMETRY, 4, null),
                        sized("g8", MySqlType.GEOMETRY, 4, null),
                        new ColumnLayout("e1", MySqlType.ENUM, false, 1, 0, "latin1", List.of("a", "b,c", "it's")),
                        new ColumnLayout("s1", MySqlType.SET, false, 1, 0, "utf8mb4", List.of("x", "y")));
    }

    @Test
    void enumsAndSetsTakeAsManyBytesAsTheirMembersNeed() throws SQLException {
        assertThat(layoutOf("a ENUM(" + members(255) + "), b ENUM(" + members(256) + "), c SET(" + members(8)
                        + "), d SET(" + members(9) + "), e SET(" + members(24) + "), f SET(" + members(32) + "), g SET("
                        + members(33) + ")"))
                .extracting(ColumnLayout::size)
                .containsExactly(1, 2, 1, 2, 3, 4, 8);
    }

    @Test
    void theKeyIsKnownByTheColumnsPlaces() throws SQLException {
        mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.things (a INT, b INT, c INT AS (a + 1) VIRTUAL, d INT, PRIMARY KEY (d, a))");

        TableLayout layout = find().layout();

        assertThat(layout.id()).isEqualTo(THINGS);
        assertThat(layout.columns()).extracting(ColumnLayout::name).containsExactly("a", "b", "c", "d");
        assertThat(layout.key()).containsExactly(3, 0);
    }

    @Test
    void hiddenColumnsOfIndexesAreNoneOfTheTable() throws SQLException {
        // Indexes over expressions came with 8.0.13.
        assertThat(layoutOf("a INT /*!80013 , UNIQUE e ((a + 1)) */")).hasSize(1);
    }

    @Test
    void aTypeThatFloeDoesNotKnowIsNamed() {
        SourceTable table = new SourceTable(
                THINGS,
                new TableShape(List.of(), List.of(Column.named("v", "vector").build())),
                Arrays.asList((Long) null));

        assertThatThrownBy(table::layout)
                .isInstanceOf(UnknownType.class)
                .hasMessage("The type of the column v of shop.things is vector, which Floe does not know");
    }

    private static List<ColumnLayout> layoutOf(String columns) throws SQLException {
        mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.things (" + columns + ")");
        return find().layout().columns();
    }

    private static SourceTable find() throws SQLException {
        try (Connection connection = mysql.captureConnection()) {
            return SourceSchema.find(connection, List.of(THINGS)).get(THINGS);
        }
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(","));
    }

    private static ColumnLayout number(String name, MySqlType type, boolean unsigned) {
        return new ColumnLayout(name, type, unsigned, 0, 0, null, List.of());
    }

    private static ColumnLayout scaled(String name, MySqlType type, int scale) {
        return new ColumnLayout(name, type, false, 0, scale, null, List.of());
    }

    private static ColumnLayout sized(String name, MySqlType type, int size, String charset) {
        return new ColumnLayout(name, type, false, size, 0, charset, List.of());
    }
}
