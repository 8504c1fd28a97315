package floe.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A type of a key's column.
 *
 * @param values as SQL, with the extremes and what is easily mistaken
 * @param numbered an expression of the number {@code n} with another value for each; null if there are too few
 */
record KeyKind(String type, List<String> values, String numbered) {

    private static KeyKind of(String type, String numbered, String... values) {
        return new KeyKind(type, List.of(values), numbered);
    }

    @Override
    public String toString() {
        return type;
    }

    /** A value, of those that are given or another one of its type. */
    String value(Random random) {
        if (numbered == null || random.nextBoolean()) {
            return values.get(random.nextInt(values.size()));
        }
        return "(SELECT " + numbered + " FROM (SELECT " + random.nextInt(20_000) + " n) numbers)";
    }

    static List<KeyKind> all() {
        List<KeyKind> all = new ArrayList<>();
        Stream.of(integers(), numbers(), temporals(), texts(), others()).forEach(all::addAll);
        return all;
    }

    private static List<KeyKind> integers() {
        return List.of(
                of("TINYINT", null, "-128", "127", "0", "-1", "1"),
                of("TINYINT(3) UNSIGNED ZEROFILL", null, "0", "255", "7"),
                of("SMALLINT", "n - 10000", "-32768", "32767", "0"),
                of("MEDIUMINT UNSIGNED", "n", "0", "16777215"),
                of("INT", "n - 10000", "-2147483648", "2147483647", "0"),
                of("INT UNSIGNED", "n * 200000", "0", "4294967295"),
                of(
                        "BIGINT",
                        "n * 400000000000000 - 4000000000000000000",
                        "-9223372036854775808",
                        "9223372036854775807",
                        "0",
                        "9007199254740993",
                        "9007199254740992"),
                of(
                        "BIGINT UNSIGNED",
                        "n",
                        "0",
                        "18446744073709551615",
                        "18446744073709551614",
                        "9223372036854775808",
                        "9223372036854775807"));
    }

    private static List<KeyKind> numbers() {
        return List.of(
                of("DECIMAL(10,2)", "n / 100 - 100", "-99999999.99", "99999999.99", "-0.01", "0.01", "0"),
                of("DECIMAL(12,3) UNSIGNED ZEROFILL", "n / 8", "0", "0.001", "999999999.999"),
                of(
                        "DECIMAL(65,30)",
                        "n / 7",
                        "99999999999999999999999999999999999.999999999999999999999999999999",
                        "-99999999999999999999999999999999999.999999999999999999999999999999",
                        "0.000000000000000000000000000001",
                        "0"),
                of(
                        "FLOAT",
                        "n * 1.1e-3",
                        "-0e0",
                        "0.1",
                        "1.1",
                        "3.4028234e38",
                        "-3.4028234e38",
                        "1e-45",
                        "1.17549435e-38",
                        "16777217",
                        "123456789",
                        "0.100001",
                        "-0.1"),
                of("FLOAT(7,3)", "n / 10", "-0e0", "0.1", "9999.999", "-9999.999", "0.001", "1234.567"),
                of("FLOAT UNSIGNED", "n * 0.3e0", "0", "0.1", "0.7", "3.4028234e38"),
                of(
                        "DOUBLE",
                        "n * 1.1e-7",
                        "-0e0",
                        "0.1",
                        "1.7976931348623157e308",
                        "-1.7976931348623157e308",
                        "5e-324",
                        "2.2250738585072014e-308",
                        "1e23",
                        "0.30000000000000004",
                        "0.3",
                        "9007199254740993"),
                of("DOUBLE(10,2)", "n / 3", "-0.01", "12345678.91", "0.1", "99999999.99"),
                of("BIT(1)", null, "b'0'", "b'1'"),
                of("BIT(10)", null, "0", "1", "b'1000000001'", "b'1111111111'"),
                of("BIT(64)", "n", "0", "18446744073709551615", "9223372036854775808", "255", "256"),
                of("YEAR", null, "0", "1901", "2155", "2000", "1970", "'0000'", "2069"));
    }

    private static List<KeyKind> temporals() {
        String second = "'2000-01-01' + INTERVAL n SECOND";
        return List.of(
                of(
                        "DATE",
                        "'1990-01-01' + INTERVAL n DAY",
                        "'0000-00-00'",
                        "'2024-02-31'",
                        "'2024-00-15'",
                        "'2024-05-00'",
                        "'0000-01-01'",
                        "'9999-12-31'",
                        "'2024-02-29'"),
                of(
                        "DATETIME",
                        second,
                        "'0000-00-00 00:00:00'",
                        "'2024-02-31 10:00:00'",
                        "'9999-12-31 23:59:59'",
                        "'1000-01-01 00:00:00'",
                        "'2024-00-00 00:00:01'"),
                of(
                        "DATETIME(6)",
                        "'2000-01-01' + INTERVAL n * 1001 MICROSECOND",
                        "'0000-00-00 00:00:00'",
                        "'2024-02-31 10:00:00.000001'",
                        "'9999-12-31 23:59:59.999999'",
                        "'2024-02-31 10:00:00'",
                        "'2024-05-00 01:02:03.5'"),
                of(
                        "TIMESTAMP",
                        second,
                        "'0000-00-00 00:00:00'",
                        "'1970-01-01 00:00:01'",
                        "'2038-01-19 03:14:07'",
                        "'2024-03-31 01:30:00'",
                        "'2024-10-27 00:30:00'",
                        "'2024-10-27 01:30:00'",
                        "'2024-11-03 06:30:00'"),
                of(
                        "TIMESTAMP(3)",
                        "'2000-01-01' + INTERVAL n * 1000 MICROSECOND",
                        "'0000-00-00 00:00:00'",
                        "'2024-03-10 02:30:00.001'",
                        "'2038-01-19 03:14:07.999'"),
                of("TIME", "SEC_TO_TIME(n * 60 - 600000)", "'-838:59:59'", "'838:59:59'", "'00:00:00'", "'-00:00:01'"),
                of(
                        "TIME(6)",
                        "SEC_TO_TIME(n * 10.000001 - 100000)",
                        "'-838:59:59'",
                        "'838:59:59'",
                        "'-00:00:00.000001'",
                        "'00:00:00.000001'",
                        "'-00:00:00.999999'",
                        "'-00:00:01'",
                        "'00:00:00'"));
    }

    private static List<KeyKind> texts() {
        String[] values = {
            "''",
            "'a'",
            "'A'",
            "'a '",
            "'á'",
            "' a'",
            "'ß'",
            "'ss'",
            "'Z'",
            "'z'",
            "CHAR(0)",
            "CHAR(31)",
            "'a\\''",
            "'\\\\'",
            "'_'",
            "'%'",
            "'ab'",
            "'aB'",
            "'a\\tb'"
        };
        String[] unicode = Stream.concat(Stream.of(values), Stream.of("'😀'", "'日本'", "'e\\u0301'", "'\uffee'"))
                .toArray(String[]::new);
        String numbered = "CONCAT(CHAR(97 + n MOD 26 USING utf8mb4), n)";
        List<KeyKind> kinds = new ArrayList<>();
        for (String collation : List.of(
                "utf8mb4_0900_ai_ci",
                "utf8mb4_0900_as_cs",
                "utf8mb4_bin",
                "utf8mb4_general_ci",
                "utf8mb4_unicode_ci",
                "utf16_general_ci",
                "utf32_bin",
                "utf16le_general_ci",
                "utf8mb4_ja_0900_as_cs")) {
            kinds.add(of(text("VARCHAR(30)", collation), numbered, unicode));
            kinds.add(of(text("CHAR(12)", collation), numbered, unicode));
        }
        for (String collation : List.of(
                "latin1_swedish_ci",
                "latin1_bin",
                "latin1_german2_ci",
                "utf8_general_ci",
                "ascii_general_ci",
                "gbk_chinese_ci",
                "sjis_japanese_ci",
                "ucs2_general_ci",
                "koi8u_general_ci",
                "latin2_czech_cs",
                "tis620_thai_ci",
                "gb18030_chinese_ci")) {
            kinds.add(of(text("VARCHAR(30)", collation), numbered, values));
            kinds.add(of(text("CHAR(12)", collation), numbered, values));
        }
        return kinds;
    }

    private static String text(String type, String collation) {
        return type + " CHARACTER SET " + collation.replaceFirst("_.*", "") + " COLLATE " + collation;
    }

    private static List<KeyKind> others() {
        String many = String.join(
                ",",
                IntStream.range(0, 300)
                        .mapToObj(i -> "'m" + (i * 7 % 300) + "'")
                        .toList());
        return List.of(
                of(
                        "BINARY(6)",
                        "UNHEX(LPAD(HEX(n), 6, '0'))",
                        "''",
                        "x'00'",
                        "x'01'",
                        "x'0100'",
                        "x'20'",
                        "x'ff'",
                        "x'2000'",
                        "'a'",
                        "'A'"),
                of(
                        "VARBINARY(9)",
                        "UNHEX(LPAD(HEX(n), 6, '0'))",
                        "''",
                        "x'00'",
                        "x'0000'",
                        "x'01'",
                        "x'0100'",
                        "x'20'",
                        "'a'",
                        "'A'",
                        "'a '",
                        "x'ffff'"),
                of("ENUM('z','b','a','m','','B2')", null, "0", "1", "2", "3", "4", "5", "6"),
                of("ENUM('z','ä','a') CHARACTER SET latin1", null, "1", "2", "3"),
                of("ENUM(" + many + ")", null, "1", "300", "256", "255", "17"),
                of("SET('z','b','a','m')", null, "0", "1", "2", "3", "5", "8", "15"),
                of("SET('z','b','a','m','q','c','d','e','f')", null, "0", "511", "256", "255", "3"));
    }
}
