package floe.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type with its extremes: the same bytes from the binlog's images and from a SELECT, and the text of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellWriterTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private BothWays mysql;

    @BeforeAll
    void start() throws Exception {
        mysql = new BothWays(server());
    }

    /** The server on which it is tried. */
    MySqlServer server() {
        return new MySqlServer(MySqlSettings.defaults());
    }

    @AfterAll
    void end() throws Exception {
        if (mysql != null) {
            mysql.close();
        }
    }

    /** @param shown the server's own text of the column {@code c} */
    record Case(String type, String shown, List<String> values) {}

    static Stream<Case> cases() {
        return Stream.of(integers(), numbers(), temporals(), texts(), bytes(), members(), documents(), geometries())
                .flatMap(cases -> cases);
    }

    private static Case of(String type, String shown, String... values) {
        return new Case(type, shown, List.of(values));
    }

    private static Stream<Case> integers() {
        return Stream.of(
                of("TINYINT", "c", "0", "-128", "127", "-1", "NULL"),
                of("TINYINT UNSIGNED", "c", "0", "255", "128"),
                of("BOOL", "c", "0", "1", "2", "-1", "TRUE"),
                of("TINYINT(3) ZEROFILL", "CAST(c AS UNSIGNED)", "0", "7", "255"),
                of("SMALLINT", "c", "0", "-32768", "32767"),
                of("SMALLINT UNSIGNED", "c", "0", "65535", "32768"),
                of("MEDIUMINT", "c", "0", "-8388608", "8388607", "-1"),
                of("MEDIUMINT UNSIGNED", "c", "0", "16777215", "8388608"),
                of("INT", "c", "0", "-2147483648", "2147483647"),
                of("INT UNSIGNED", "c", "0", "4294967295", "2147483648"),
                of("INT(10) UNSIGNED ZEROFILL", "CAST(c AS UNSIGNED)", "0", "42", "4294967295"),
                of("BIGINT", "c", "0", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
                of("BIGINT UNSIGNED", "c", "0", "18446744073709551615", "9223372036854775808", "18446744073709551614"),
                of("BIGINT UNSIGNED ZEROFILL", "CAST(c AS UNSIGNED)", "0", "18446744073709551615"),
                of("YEAR", "c+0", "0", "1901", "2155", "2024", "'0000'", "1970", "69"));
    }

    private static Stream<Case> numbers() {
        String[] decimals = {
            "0", "1", "-1", "1.5", "-0.5", "0.01", "-0.01", "99999999.99", "-99999999.99", "-0.00", "12345.60"
        };
        return Stream.of(
                of("DECIMAL(10,2)", "c", decimals),
                of("DECIMAL(10,2) UNSIGNED ZEROFILL", "CAST(c AS DECIMAL(10,2))", "0", "1.5", "99999999.99", "0.05"),
                of("DECIMAL(12,0) ZEROFILL", "CAST(c AS DECIMAL(12,0))", "0", "7", "123456789012"),
                of("DECIMAL(2,2)", "c", "0", "0.99", "-0.99", "-0.01"),
                of("DECIMAL(9,9)", "c", "0.123456789", "-0.000000001"),
                of("DECIMAL(1,0)", "c", "0", "9", "-9"),
                of("DECIMAL(9,0)", "c", "0", "999999999", "-999999999", "100000000"),
                of("DECIMAL(18,9)", "c", "0", "999999999.999999999", "-1.000000001", "1000000"),
                of("DECIMAL(30,0)", "c", "1000000000", "1000000000000000000", "-100000000000000000000", "-1"),
                of(
                        "DECIMAL(65,30)",
                        "c",
                        "0",
                        "12345678901234567890123456789012345.000000000000000000000000000001",
                        "-99999999999999999999999999999999999.999999999999999999999999999999",
                        "1000000000",
                        "-0.000000000000000000000000000001"),
                of("DECIMAL(65,0)", "c", "9".repeat(65), "-" + "9".repeat(65), "1"),
                of(
                        "FLOAT",
                        "c*1e0",
                        "0",
                        "-0e0",
                        "1.1",
                        "0.1",
                        "1.2345678",
                        "3.4028234e38",
                        "-3.4028234e38",
                        "1.17549435e-38",
                        "1e-45",
                        "16777217",
                        "1e10",
                        "123456789"),
                of("FLOAT(7,3)", "c*1e0", "1234.567", "-0.001", "9999.999"),
                of("FLOAT(10,2) UNSIGNED ZEROFILL", "c*1e0", "12.34", "0"),
                of(
                        "DOUBLE",
                        "c*1e0",
                        "0",
                        "-0e0",
                        "0.1",
                        "1.7976931348623157e308",
                        "-1.7976931348623157e308",
                        "2.2250738585072014e-308",
                        "5e-324",
                        "1e23",
                        "2e-5",
                        "9007199254740993",
                        "1e15",
                        "1e16",
                        "123456789012345678",
                        "0.00012"),
                of("DOUBLE(10,2)", "c*1e0", "12345678.91", "-0.01"),
                of("DOUBLE UNSIGNED ZEROFILL", "c*1e0", "1.5", "0"));
    }

    private static Stream<Case> temporals() {
        Stream<Case> fractions = IntStream.rangeClosed(0, 6)
                .boxed()
                .flatMap(digits -> Stream.of(
                        of(
                                "TIME(" + digits + ")",
                                "c",
                                "'00:00:00'",
                                "'-00:00:00.000001'",
                                "'-00:00:00.999999'",
                                "'-00:00:01.5'",
                                "'-838:59:59'",
                                "'838:59:59'",
                                "'-837:59:59.999999'",
                                "'100:00:00.123456'",
                                "'-25:01:02.1'",
                                "'23:59:59.987654'"),
                        of(
                                "DATETIME(" + digits + ")",
                                "c",
                                "'0000-00-00 00:00:00'",
                                "'2024-02-31 10:00:00'",
                                "'2024-00-15 01:02:03.5'",
                                "'2024-05-00 01:02:03.000001'",
                                "'1000-01-01 00:00:00'",
                                "'9999-12-31 23:59:59'",
                                "'2024-03-10 02:30:00.123456'",
                                "'0001-01-01 00:00:00'",
                                "'0000-01-01 00:00:00'"),
                        of(
                                "TIMESTAMP(" + digits + ") NULL",
                                "CONCAT(c, 'Z')",
                                "'0000-00-00 00:00:00'",
                                "'1970-01-01 00:00:01'",
                                "'2038-01-19 03:14:07'",
                                "'2024-02-29 12:34:56.789012'",
                                "'2000-02-29 23:59:59.999999'",
                                "'1999-12-31 23:59:59'",
                                "'2001-03-01 00:00:00'",
                                "'2024-12-31 00:00:00'")));
        return Stream.concat(
                fractions,
                Stream.of(
                        of(
                                "DATE",
                                "c",
                                "'0000-00-00'",
                                "'2024-02-31'",
                                "'2024-00-15'",
                                "'2024-05-00'",
                                "'2024-00-00'",
                                "'1000-01-01'",
                                "'9999-12-31'",
                                "'2024-02-29'",
                                "'0001-01-01'",
                                "'0000-01-01'",
                                "'1582-10-10'"),
                        of("DATETIME DEFAULT CURRENT_TIMESTAMP", "c", "DEFAULT", "'2024-01-01'"),
                        of("TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP", "CONCAT(c, 'Z')", "DEFAULT")));
    }

    private static Stream<Case> texts() {
        String[] values = {
            "''",
            "'a'",
            "'a '",
            "' a'",
            "'O''Brien \"quoted\"\\nnew\\tline \\\\ /'",
            "'Zoë'",
            "CHAR(0,1,31,127)",
            "'\u2028'",
            "NULL"
        };
        String[] unicode = Stream.concat(Stream.of(values), Stream.of("'😀'", "'日本語'", "'\uffff'", "'e\u0301'"))
                .toArray(String[]::new);
        return Stream.of(
                of("VARCHAR(255)", "c", unicode),
                of("VARCHAR(63)", "c", unicode),
                of("VARCHAR(64)", "c", "REPEAT('ä', 64)", "REPEAT('😀', 64)", "REPEAT('x', 64)"),
                of("VARCHAR(1000)", "c", "REPEAT('a\"', 500)", "REPEAT('ü', 1000)", "''"),
                of("CHAR(10)", "c", unicode),
                of("CHAR(255)", "c", "REPEAT('😀', 255)", "REPEAT('x', 255)", "''", "'a  '"),
                of("CHAR(0)", "c", "''", "NULL"),
                of("TINYTEXT", "c", unicode),
                of("TEXT", "c", "REPEAT('x', 65535)", "REPEAT('日', 21845)", "'a '"),
                of("MEDIUMTEXT", "c", "REPEAT('ö\\n', 100000)", "''"),
                of("LONGTEXT", "c", "REPEAT('ab\"', 1000000)", "'x'"),
                of("VARCHAR(20) CHARACTER SET latin1", "c", "x'8081828d8e8f909d9e9fa0ff'", "'Zoë'", "'a'"),
                of("CHAR(20) CHARACTER SET latin1", "c", "x'808120'", "'Zoë  '", "'a'"),
                of("CHAR(20) CHARACTER SET utf16", "c", unicode),
                of("CHAR(20) CHARACTER SET utf16le", "c", unicode),
                of("CHAR(20) CHARACTER SET utf32", "c", unicode),
                of("CHAR(20) CHARACTER SET ucs2", "c", values),
                of("CHAR(20) CHARACTER SET utf8", "c", values),
                of("CHAR(20) CHARACTER SET gbk", "c", "'a日本'", "x'b0a1'", "_gbk x'fe5c'", "_gbk x'8140'", "'a  '"),
                of("TEXT CHARACTER SET koi8u", "c", "'Є'", "'ї'", "_koi8u x'a4'"),
                of("VARCHAR(5) CHARACTER SET euckr", "c", "'갂'", "'가'"),
                of("VARCHAR(5) CHARACTER SET swe7", "c", "'Å'", "'a'", "_swe7 x'7b7d'"),
                of("VARCHAR(5) COLLATE utf8mb4_bin", "c", unicode));
    }

    private static Stream<Case> bytes() {
        String shown = "REPLACE(TO_BASE64(c), '\\n', '')";
        return Stream.of(
                of("BINARY(4)", shown, "x'01'", "x'0100'", "''", "x'00000000'", "x'ffffffff'", "x'20'", "NULL"),
                of("BINARY(255)", shown, "x'01'", "''", "REPEAT(x'ff', 255)"),
                of("VARBINARY(10)", shown, "x'00ff10'", "''", "x'0100'", "x'20'"),
                of("VARBINARY(1000)", shown, "REPEAT(x'00ff', 500)", "''"),
                of("TINYBLOB", shown, "x'deadbeef00'", "''"),
                of("BLOB", shown, "REPEAT(x'00', 65535)", "x'fbff'"),
                of("MEDIUMBLOB", shown, "REPEAT(x'f0', 100000)"),
                of("LONGBLOB", shown, "REPEAT('abc', 1000000)", "''"),
                of("BIT(1)", "IF(c IS NULL, NULL, IF(c, 'true', 'false'))", "b'0'", "b'1'", "NULL"),
                of("BIT(2)", "TO_BASE64(UNHEX(LPAD(HEX(c), 2, '0')))", "b'0'", "b'1'", "b'10'", "b'11'"),
                of("BIT(8)", "TO_BASE64(UNHEX(LPAD(HEX(c), 2, '0')))", "b'0'", "b'11111111'", "b'10000000'"),
                of("BIT(10)", "TO_BASE64(UNHEX(LPAD(HEX(c), 4, '0')))", "b'1'", "b'1000000001'", "0"),
                of("BIT(64)", "TO_BASE64(UNHEX(LPAD(HEX(c), 16, '0')))", "1", "18446744073709551615", "0"));
    }

    private static Stream<Case> members() {
        String many = IntStream.range(0, 300)
                .mapToObj(i -> "'m" + i + "'")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String all = IntStream.range(0, 64)
                .mapToObj(i -> "'s" + i + "'")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        return Stream.of(
                of(
                        "ENUM('a','b,c','e\\\\f','it''s','')",
                        "c",
                        "'a'",
                        "'b,c'",
                        "'e\\\\f'",
                        "'it''s'",
                        "''",
                        "0",
                        "NULL"),
                of("ENUM('x','nö','日本','😀','a ')", "c", "1", "2", "3", "4", "5", "'not one'"),
                of("ENUM('x','nö') CHARACTER SET latin1", "c", "1", "2"),
                of("ENUM(" + many + ")", "c", "1", "255", "256", "300", "0"),
                of("SET('a','b','c')", "c", "''", "'a'", "'a,c'", "'c,b,a'", "NULL", "'nothing'"),
                of("SET('ä','ö\"','ü') CHARACTER SET latin1", "c", "1", "3", "7"),
                of("SET(" + all.substring(0, all.indexOf(",'s9'")) + ")", "c", "0", "511", "256"),
                of("SET(" + all.substring(0, all.indexOf(",'s24'")) + ")", "c", "16777215", "8388608"),
                of("SET(" + all.substring(0, all.indexOf(",'s33'")) + ")", "c", "8589934591", "4294967296"),
                of("SET(" + all + ")", "c", "18446744073709551615", "9223372036854775808", "9223372036854775809", "1"));
    }

    private static Stream<Case> documents() {
        return Stream.of(of(
                "JSON",
                "CAST(c AS CHAR)",
                "NULL",
                "'null'",
                "'{}'",
                "'[]'",
                "'true'",
                "'\"\"'",
                "'{\"amount\":12345678.9,\"small\":0.00012}'",
                "'{\"b\":1,\"aa\":2,\"a\":3,\"\":4}'",
                "'[1,-1,32767,-32768,32768,65535,65536,-32769,2147483647,2147483648,-2147483649,4294967296]'",
                "'[9223372036854775807,-9223372036854775808,9223372036854775808,18446744073709551615,18446744073709551616]'",
                "'[1.0,-0.0,1e100,1e15,1e16,1e14,123456789012345680,0.1,1e-5,1e-14,1e-15,5e-324,1.7976931348623157e308]'",
                "'\"O\\\\u0000\\\\u001f\\\\b\\\\f\\\\n\\\\r\\\\t\\\\\"\\\\\\\\/\\\\u007f ë日😀\"'",
                "JSON_ARRAY(CAST('2015-01-15' AS DATE), CAST('2015-01-15 23:24:25.12' AS DATETIME(3)), CAST('-838:59:59' AS TIME), CAST('23:24:25.000001' AS TIME(6)), CAST('0000-00-00' AS DATE), CAST('2024-02-31 01:02:03' AS DATETIME))",
                "JSON_ARRAY(CAST('1.50' AS DECIMAL(10,2)), CAST('-0.000001' AS DECIMAL(65,30)), CAST('12345678901234567890' AS DECIMAL(30,0)), 0.5, -7.25)",
                "JSON_ARRAY(CAST(x'00ff' AS BINARY), b'101', x'', CAST(REPEAT('x', 200) AS BINARY))",
                "CAST(CAST('2015-01-15 23:24:25.12' AS DATETIME(2)) AS JSON)",
                "CAST(TIMESTAMP('2015-01-15 23:24:25') AS JSON)",
                "CAST(x'0102' AS JSON)",
                "CAST(ST_GeomFromText('POINT(1 2)') AS JSON)",
                "CONCAT(REPEAT('[', 100), REPEAT(']', 100))",
                "CONCAT('{\"k\":\"', REPEAT('x', 70000), '\"}')",
                "CONCAT('[', REPEAT('\"abcdefgh\",', 20000), '1]')",
                "CONCAT('[', REPEAT('123456,', 20000), '1.5]')",
                "CONCAT('{\"', REPEAT('k', 300), '\":{\"n\":[true,false,null]},\"x\":\"', REPEAT('ü', 70000), '\"}')",
                "JSON_SET('{\"a\":1,\"b\":\"some text that is longer\"}', '$.b', 'short', '$.c', NULL)"));
    }

    private static Stream<Case> geometries() {
        String shown = "CONCAT('SRID=', ST_SRID(c), ';', ST_AsText(c))";
        return Stream.of(
                of(
                        "GEOMETRY",
                        shown,
                        "ST_GeomFromText('POINT(1 2)')",
                        "ST_GeomFromText('POINT(1.5 -2e100)')",
                        "ST_GeomFromText('POINT(1e-20 123456789012345678)')",
                        "ST_GeomFromText('LINESTRING(0 0,1 1.5,-1 -0.1)')",
                        "ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 0),(1 1,2 1,2 2,1 1))')",
                        "ST_GeomFromText('MULTIPOINT(1 1,2 2)')",
                        "ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))')",
                        "ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5),(5.1 5,5.2 5,5.2 5.1,5.1 5)))')",
                        "ST_GeomFromText('GEOMETRYCOLLECTION()')",
                        "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1),GEOMETRYCOLLECTION(POINT(2 2)),GEOMETRYCOLLECTION())')",
                        "ST_GeomFromText('POINT(52.5 13.4)', 4326)",
                        "ST_GeomFromText('GEOMETRYCOLLECTION(POLYGON((0 0,10 0,10 20,0 0)),MULTIPOINT(1 2,3 4))', 4326)",
                        "ST_GeomFromText('POINT(52.5 13.4)', 3857)"),
                of("POINT NOT NULL SRID 4326", shown, "ST_GeomFromText('POINT(-33.8 151.2)', 4326)"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aValueIsTheSameOnBothWaysAndAsTheServerShowsIt(Case of) throws Exception {
        List<BothWays.Row> rows = mysql.rows(of.type(), of.shown(), of.values());

        assertThat(rows).hasSameSizeAs(of.values());
        for (int i = 0; i < rows.size(); i++) {
            BothWays.Row row = rows.get(i);
            String description = of.type() + " " + of.values().get(i);
            // An insert, both images of an update, a delete.
            assertThat(row.images()).as(description).hasSize(4).containsOnly(row.selected());
            assertThat(read(row.selected())).as(description).isEqualTo(expected(of.type(), row));
        }
    }

    private static Object read(BothWays.Value value) throws Exception {
        if (value == null) {
            return null;
        }
        JsonNode node = JSON.readTree(value.json());
        return node.isTextual() ? node.textValue() : value.json();
    }

    /** Numbers in JSON are compared by their value; all else is the text itself. */
    private static Object expected(String type, BothWays.Row row) throws Exception {
        if (row.shown() == null) {
            return null;
        }
        if (type.startsWith("FLOAT")) {
            float number = (float) Double.parseDouble(row.shown());
            return Float.parseFloat(row.selected().json()) == number
                    ? row.selected().json()
                    : Float.toString(number);
        }
        if (type.startsWith("DOUBLE")) {
            double number = Double.parseDouble(row.shown());
            return Objects.equals(Double.parseDouble(row.selected().json()), number)
                    ? row.selected().json()
                    : Double.toString(number);
        }
        if (type.startsWith("DECIMAL")) {
            return new BigDecimal(row.shown()).toPlainString();
        }
        // Before 9.0 MySQL breaks the lines of long base64 in JSON by bare newlines, which JSON does not allow.
        return type.equals("JSON") ? row.shown().replace("\n", "\\n") : row.shown();
    }
}
