package local.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import local.snowflake.Mirror.Column;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {

    private static final Mirror ALL = new Mirror(
            "ALL_TYPES",
            List.of(
                    Column.key("A", "NUMBER(20,0)"),
                    Column.key("B", "VARCHAR"),
                    Column.of("N", "NUMBER(38,0)"),
                    Column.of("D", "NUMBER(10,2)"),
                    Column.of("F", "FLOAT"),
                    Column.of("V", "VARCHAR(5)"),
                    Column.of("T", "BOOLEAN"),
                    Column.of("X", "BINARY", "TO_BINARY(%s::VARCHAR, 'BASE64')"),
                    Column.of("DAY", "DATE", "%s::VARCHAR::DATE"),
                    Column.of("LOCAL", "TIMESTAMP_NTZ(6)", "%s::VARCHAR::TIMESTAMP_NTZ(6)"),
                    Column.of("ZONED", "TIMESTAMP_TZ(6)", "%s::VARCHAR::TIMESTAMP_TZ(6)"),
                    Column.of("J", "VARIANT", "PARSE_JSON(%s::VARCHAR)")));

    private static SnowflakeServer server;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        server = SnowflakeServer.start();
        ALL.create(server);
        connection = server.connection();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.execute("DELETE FROM ALL_TYPES");
    }

    @Test
    void valuesOfEveryTypeArriveAsTheyWere() throws Exception {
        apply(
                """
                "N":"12345678901234567890123456789012345678","D":"-1234.50","F":1.0E-7,"V":"Bé\\n😀","T":true,
                "X":"AAH/","DAY":"2024-02-29","LOCAL":"2024-01-02 03:04:05.123456",
                "ZONED":"2024-01-02 03:04:05.123456Z","J":"{\\"big\\":123456789012345678901234567890.10,\\"n\\":null}"
                """);

        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM ALL_TYPES")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBigDecimal("A")).isEqualByComparingTo("18446744073709551615");
            assertThat(row.getBigDecimal("N")).isEqualTo(new BigDecimal("12345678901234567890123456789012345678"));
            assertThat(row.getBigDecimal("D")).isEqualTo(new BigDecimal("-1234.50"));
            assertThat(row.getDouble("F")).isEqualTo(1.0E-7);
            assertThat(row.getString("V")).isEqualTo("Bé\n😀");
            assertThat(row.getBoolean("T")).isTrue();
            assertThat(row.getBytes("X")).containsExactly(0, 1, 0xff);
            assertThat(row.getDate("DAY")).hasToString("2024-02-29");
            assertThat(row.getString("LOCAL")).isEqualTo("2024-01-02 03:04:05.123456000");
            assertThat(row.getTimestamp("ZONED"))
                    .isEqualTo(Timestamp.from(Instant.parse("2024-01-02T03:04:05.123456Z")));
            assertThat(row.getString("J")).isEqualTo("{\"big\":123456789012345678901234567890.10,\"n\":null}");
        }
    }

    @Test
    void absentAndNullValuesAreNull() throws Exception {
        apply("\"N\":null,\"V\":null,\"T\":null,\"J\":null");

        assertThat(server.query("SELECT * FROM ALL_TYPES WHERE N IS NULL AND D IS NULL AND F IS NULL AND V IS NULL AND"
                        + " T IS NULL AND X IS NULL AND DAY IS NULL AND LOCAL IS NULL AND ZONED IS NULL AND J IS NULL"))
                .hasSize(1);
    }

    @Test
    void jsonNullIsNotSqlNull() throws Exception {
        apply("\"J\":\"null\"");

        assertThat(server.query("SELECT IS_NULL_VALUE(J) AS N FROM ALL_TYPES"))
                .extracting(row -> row.get("N"))
                .containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"N\":\"1e39\"', 100046, 22003, 1e39",
        "'\"N\":\"x\"', 100071, 22000, x",
        "'\"D\":\"123456789.5\"', 100046, 22003, 123456789.5",
        "'\"F\":\"x\"', 100071, 22000, x",
        "'\"V\":\"abcdef\"', 100078, 22000, abcdef",
        "'\"T\":\"maybe\"', 100071, 22000, maybe",
        "'\"X\":\"*\"', 100115, 22000, *",
        "'\"DAY\":\"2023-02-29\"', 100040, 22007, 2023-02-29",
        "'\"LOCAL\":\"0000-00-00 00:00:00\"', 100035, 22007, 0000-00-00 00:00:00",
        "'\"ZONED\":\"soon\"', 100035, 22007, soon",
        "'\"J\":\"{\"', 100069, 22P02, JSON",
        "'\"B\":null', 100072, 22000, NULL"
    })
    void unfitValueIsNamedWithItsCode(String field, int code, String state, String told) throws Exception {
        assertThatThrownBy(() -> apply(field)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(code);
            assertThat(e.getSQLState()).isEqualTo(state);
            assertThat(e.getMessage()).contains(told);
        });

        assertThat(server.query("SELECT * FROM ALL_TYPES")).isEmpty();
    }

    @Test
    void describeTellsSnowflakesTypes() throws Exception {
        server.execute("CREATE OR REPLACE TABLE KEYED (ID INT, NAME STRING, AT TIMESTAMP_LTZ, PRIMARY KEY (ID))");

        assertThat(described("KEYED"))
                .containsExactly("ID NUMBER(38,0) N Y", "NAME VARCHAR(16777216) Y N", "AT TIMESTAMP_LTZ(9) Y N");
        assertThat(described("ALL_TYPES"))
                .contains(
                        "A NUMBER(20,0) N N",
                        "D NUMBER(10,2) Y N",
                        "F FLOAT Y N",
                        "X BINARY(8388608) Y N",
                        "LOCAL TIMESTAMP_NTZ(6) Y N",
                        "ZONED TIMESTAMP_TZ(6) Y N",
                        "J VARIANT Y N");
    }

    private static List<String> described(String table) throws SQLException {
        return server.query("DESCRIBE TABLE " + table).stream()
                .map(column -> column.get("name") + " " + column.get("type") + " " + column.get("null?") + " "
                        + column.get("primary key"))
                .toList();
    }

    private static void apply(String fields) throws SQLException {
        String key = fields.contains("\"B\"") ? "" : "\"B\":\"b\",";
        ALL.apply(
                connection,
                "{\"changes\":[{\"position\":\"" + System.nanoTime() + "\",\"row\":{\"A\":18446744073709551615," + key
                        + fields + "}}]}");
    }
}
