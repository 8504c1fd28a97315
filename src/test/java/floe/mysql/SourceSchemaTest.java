package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
                  state ENUM('new','done'))""");

        SourceTable table = read("shop.orders");

        assertThat(table.columns())
                .extracting(SourceColumn::name, SourceColumn::columnType, SourceColumn::dataType)
                .containsExactly(
                        tuple("id", "bigint(20) unsigned", "bigint"),
                        tuple("total", "decimal(65,30)", "decimal"),
                        tuple("flags", "bit(12)", "bit"),
                        tuple("placed", "datetime(6)", "datetime"),
                        tuple("state", "enum('new','done')", "enum"));
        assertThat(table.columns())
                .extracting(
                        SourceColumn::numericPrecision,
                        SourceColumn::scale,
                        SourceColumn::datetimePrecision,
                        SourceColumn::nullable)
                .containsExactly(
                        tuple(20, 0, null, false),
                        tuple(65, 30, null, true),
                        tuple(12, null, null, false),
                        tuple(null, null, 6, true),
                        tuple(null, null, null, true));
    }

    @Test
    void textHasLengthCharsetAndCollationAndBinaryOnlyLength() throws SQLException {
        mysql.execute(
                "CREATE TABLE shop.names (id INT PRIMARY KEY, name VARCHAR(40) CHARACTER SET latin1, raw VARBINARY(9))");

        assertThat(read("shop.names").columns())
                .extracting(SourceColumn::length, SourceColumn::charset, SourceColumn::collation)
                .containsExactly(
                        tuple(null, null, null), tuple(40L, "latin1", "latin1_swedish_ci"), tuple(9L, null, null));
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
                .extracting(SourceColumn::name, SourceColumn::defaultValue, SourceColumn::generated)
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

        assertThat(read("shop.lines").keyColumns()).containsExactly("c", "a");
    }

    @Test
    void withoutPrimaryKeyTheFirstUniqueKeyOfColumnsThatAreNeverNullIsTheKey() throws SQLException {
        mysql.execute("CREATE TABLE shop.lines (a INT NOT NULL, b INT NOT NULL, c INT, d INT NOT NULL,"
                + " UNIQUE nullable (c), UNIQUE z_first (b, a), UNIQUE a_second (d))");

        assertThat(read("shop.lines").keyColumns()).containsExactly("b", "a");
    }

    @Test
    void tableWithoutSuchAKeyHasNoKeyColumns() throws SQLException {
        mysql.execute("CREATE TABLE shop.log (a INT, text VARCHAR(9) NOT NULL, UNIQUE (a), UNIQUE prefix (text(3)))");

        assertThat(read("shop.log").keyColumns()).isEmpty();
    }

    @Test
    void tablesComeInTheOrderAskedFor() throws SQLException {
        mysql.execute("CREATE TABLE shop.a (id INT PRIMARY KEY)", "CREATE TABLE shop.b (id INT PRIMARY KEY)");

        List<SourceTable> read = SourceSchema.read(connection, ids("shop.b", "shop.a"));

        assertThat(read).extracting(SourceTable::id).containsExactlyElementsOf(ids("shop.b", "shop.a"));
    }

    @Test
    void namesNeedNoQuoting() throws SQLException {
        mysql.execute("CREATE TABLE shop.`it's a \\ \"table\" %_` (`a ``b``` INT PRIMARY KEY)");

        SourceTable table = read("shop.it's a \\ \"table\" %_");

        assertThat(table.keyColumns()).containsExactly("a `b`");
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

    private SourceTable read(String table) throws SQLException {
        return SourceSchema.read(connection, ids(table)).get(0);
    }

    private static List<TableId> ids(String... tables) {
        return Stream.of(tables).map(TableId::parse).toList();
    }
}
