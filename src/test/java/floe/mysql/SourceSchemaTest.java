package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceSchemaTest {

    private static MySqlServer mysql;

    private Connection connection;

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        mysql.execute("CREATE DATABASE shop");
        connection = mysql.captureConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        mysql.execute("DROP DATABASE shop");
    }

    @Test
    void columnsComeInOrderWithTheirTypesAsMySqlWritesThem() throws SQLException {
        mysql.execute(
                """
                CREATE TABLE shop.orders (
                  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
                  total DECIMAL(65,30),
                  flags BIT(12) NOT NULL,
                  placed DATETIME(6),
                  state ENUM('new','it''s done') CHARACTER SET latin1)""");

        assertThat(read("shop.orders"))
                .isEqualTo(new TableShape(
                        List.of("id"),
                        List.of(
                                Column.named("id", "bigint")
                                        .unsigned(true)
                                        .nullable(false)
                                        .build(),
                                Column.named("total", "decimal")
                                        .precision(65)
                                        .scale(30)
                                        .build(),
                                Column.named("flags", "bit")
                                        .precision(12)
                                        .nullable(false)
                                        .build(),
                                Column.named("placed", "datetime").fraction(6).build(),
                                Column.named("state", "enum")
                                        .charset("latin1")
                                        .members(List.of("new", "it's done"))
                                        .build())));
    }

    @Test
    void textHasLengthAndCharsetAndBinaryOnlyLength() throws SQLException {
        mysql.execute(
                "CREATE TABLE shop.names (id INT PRIMARY KEY, name VARCHAR(40) CHARACTER SET latin1, raw VARBINARY(9))");

        assertThat(read("shop.names").columns())
                .extracting(Column::length, Column::charset)
                .containsExactly(tuple(null, null), tuple(40L, "latin1"), tuple(9L, null));
    }

    @Test
    void defaultsAndGeneratedColumnsAreKnown() throws SQLException {
        mysql.execute(
                """
                CREATE TABLE shop.prices (
                  id INT PRIMARY KEY,
                  net INT DEFAULT 7,
                  gross INT AS (net * 2) STORED,
                  doubled INT AS (net * 2) VIRTUAL,
                  seen TIMESTAMP DEFAULT CURRENT_TIMESTAMP)""");

        assertThat(read("shop.prices").columns())
                .extracting(Column::name, Column::defaultValue, Column::generated)
                .containsExactly(
                        tuple("id", null, false),
                        tuple("net", "7", false),
                        tuple("gross", null, true),
                        tuple("doubled", null, true),
                        tuple("seen", "CURRENT_TIMESTAMP", false));
    }

    @Test
    void keyColumnsComeInTheOrderOfTheKey() throws SQLException {
        mysql.execute("CREATE TABLE shop.lines (a INT, b INT, c INT, PRIMARY KEY (c, a), UNIQUE u (a, c))");

        assertThat(read("shop.lines").key()).containsExactly("c", "a");
    }

    @Test
    void withoutPrimaryKeyTheFirstUniqueKeyOfColumnsThatAreNeverNullIsTheKey() throws SQLException {
        mysql.execute("CREATE TABLE shop.lines (a INT NOT NULL, b INT NOT NULL, c INT, d INT NOT NULL,"
                + " UNIQUE nullable (c), UNIQUE z_first (b, a), UNIQUE a_second (d))");

        assertThat(read("shop.lines").key()).containsExactly("b", "a");
    }

    @Test
    void tableWithoutSuchAKeyHasNoKeyColumns() throws SQLException {
        mysql.execute("CREATE TABLE shop.log (a INT, text VARCHAR(9) NOT NULL, UNIQUE (a), UNIQUE prefix (text(3)))");

        assertThat(read("shop.log").key()).isEmpty();
    }

    @Test
    void tablesComeInTheOrderAskedFor() throws SQLException {
        mysql.execute("CREATE TABLE shop.a (id INT PRIMARY KEY)", "CREATE TABLE shop.b (id INT PRIMARY KEY)");

        Map<TableId, TableShape> read = SourceSchema.read(connection, ids("shop.b", "shop.a"));

        assertThat(read.keySet()).containsExactlyElementsOf(ids("shop.b", "shop.a"));
    }

    @Test
    void namesNeedNoQuoting() throws SQLException {
        mysql.execute("CREATE TABLE shop.`it's a \\ \"table\" %_` (`a ``b``` INT PRIMARY KEY)");

        TableShape table = read("shop.it's a \\ \"table\" %_");

        assertThat(table.key()).containsExactly("a `b`");
    }

    @Test
    void missingTableIsNamedWithThoseSpelledAlike() {
        mysql.execute("CREATE TABLE shop.Orders (id INT PRIMARY KEY)");

        assertThatThrownBy(() -> read("Shop.orders"))
                .isInstanceOf(NoSuchTable.class)
                .hasMessage("The table Shop.orders is not there: MySQL has shop.Orders; spell it as MySQL does");
    }

    @Test
    void missingTableWithoutAnyAlikeIsNamed() {
        assertThatThrownBy(() -> read("shop.orders"))
                .isInstanceOf(NoSuchTable.class)
                .hasMessage("The table shop.orders is not there:"
                        + " correct the name, create the table, or GRANT SELECT on it");
    }

    @Test
    void ofTwoKeysOverTheSameColumnsTheFirstCounts() throws SQLException {
        mysql.execute(
                "CREATE TABLE shop.pairs (a INT NOT NULL, b INT NOT NULL, UNIQUE z_first (b, a), UNIQUE a_second (a, b))");

        assertThat(read("shop.pairs").key()).containsExactly("b", "a");
    }

    @Test
    void keyOverTheBeginningOfAColumnIsNoneBesideOneOverTheWhole() throws SQLException {
        mysql.execute("CREATE TABLE shop.names (a VARCHAR(9) NOT NULL, b INT NOT NULL,"
                + " UNIQUE a_first (b, a(3)), UNIQUE whole (a, b))");

        assertThat(read("shop.names").key()).containsExactly("a", "b");
    }

    @Test
    void tablesThatAreNotThereAreLeftOut() throws SQLException {
        mysql.execute("CREATE TABLE shop.a (id INT PRIMARY KEY)", "CREATE TABLE shop.A (id INT PRIMARY KEY)");

        assertThat(SourceSchema.find(connection, ids("shop.none", "shop.A", "Shop.a")))
                .containsOnlyKeys(TableId.parse("shop.A"));
    }

    @Test
    void hundredsOfTablesTakeNoMoreStatementsThanOne() throws SQLException {
        List<TableId> tables = IntStream.range(0, 200)
                .mapToObj(i -> new TableId("shop", "t" + i))
                .toList();
        mysql.execute(tables.stream()
                .map(table -> "CREATE TABLE " + table + " (id INT PRIMARY KEY, c" + table.table() + " INT)")
                .toArray(String[]::new));

        long before = questions();
        SourceSchema.find(connection, tables.subList(0, 1));
        long one = questions() - before;
        before = questions();
        Map<TableId, SourceTable> found = SourceSchema.find(connection, tables);
        long all = questions() - before;

        assertThat(all).isEqualTo(one);
        assertThat(found).hasSize(200);
        found.forEach((table, its) ->
                assertThat(its.shape().columns()).extracting(Column::name).containsExactly("id", "c" + table.table()));
    }

    private long questions() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }

    private TableShape read(String table) throws SQLException {
        return SourceSchema.read(connection, TableId.parse(table));
    }

    private static List<TableId> ids(String... tables) {
        return Stream.of(tables).map(TableId::parse).toList();
    }
}
