package local.life;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import local.tables.Column;

/** Values of each type as SQL writes them, with those at the edge of the type among them. */
final class Literals {

    private static final int MOST_BYTES = 60;
    private static final int MANY_BYTES = 9000;

    private final Random random;

    Literals(Random random) {
        this.random = random;
    }

    /** A value, NULL where that is allowed, or the default. */
    String of(Column column) {
        boolean byDefault = column.defaultValue() != null && random.nextInt(12) == 0;
        return byDefault ? "DEFAULT" : given(column);
    }

    /** A value or NULL, and not the word DEFAULT, which only the VALUES of an INSERT and a SET may have. */
    String given(Column column) {
        return column.nullable() && random.nextInt(8) == 0 ? "NULL" : value(column, false);
    }

    /** A value for a column that tells rows apart: never NULL, and of dates none that is no date. */
    String ofKey(Column column) {
        return value(column, true);
    }

    private String value(Column column, boolean key) {
        return switch (column.kind()) {
            case INTEGER -> integer(column, key);
            case DECIMAL -> decimal(column);
            case FLOAT -> column.scale() > 0 || column.fullType().contains("(") ? fixed(column) : floatOf(column);
            case DOUBLE -> column.fullType().contains("(") ? fixed(column) : doubleOf(column);
            case BIT -> bits(column.precision());
            case YEAR -> one("1901", "2155", "1970", "2000", "2024", key ? "1999" : "'0000'");
            case DATE -> "'" + date(key) + "'";
            case DATETIME -> "'" + date(key) + " " + clock(column.fraction()) + "'";
            case TIMESTAMP -> timestamp(column, key);
            case TIME -> time(column.fraction());
            case TEXT ->
                quoted(
                        key
                                ? Characters.name(column.charset(), Math.min(column.length(), 20), random)
                                : Characters.text(column.charset(), column.length(), random));
            case BYTES -> bytes(column, key);
            case ENUM ->
                quoted(column.members().get(random.nextInt(column.members().size())));
            case SET ->
                quoted(String.join(
                        ",",
                        column.members().stream()
                                .filter(member -> !member.contains(",") && random.nextInt(3) == 0)
                                .toList()));
            case JSON -> quoted(document(0));
            case GEOMETRY -> "ST_GeomFromText('" + shape(column.type()) + "', " + Math.max(0, column.srid()) + ")";
        };
    }

    private String integer(Column column, boolean key) {
        int bits =
                switch (column.type()) {
                    case "tinyint" -> 8;
                    case "smallint" -> 16;
                    case "mediumint" -> 24;
                    case "int" -> 32;
                    default -> 64;
                };
        BigInteger range = BigInteger.ONE.shiftLeft(bits);
        BigInteger least =
                column.isUnsigned() ? BigInteger.ZERO : range.shiftRight(1).negate();
        BigInteger most = least.add(range).subtract(BigInteger.ONE);
        if (key || random.nextInt(3) > 0) {
            // Those of list partitions and line numbers are small.
            int bound = key && bits == 8 ? 24 : 5000;
            return BigInteger.valueOf(random.nextInt(bound)).min(most).toString();
        }
        return switch (random.nextInt(5)) {
            case 0 -> least.toString();
            case 1 -> most.toString();
            case 2 -> "0";
            default -> least.add(new BigInteger(bits, random)).toString();
        };
    }

    private String decimal(Column column) {
        int digits = random.nextInt(6) == 0 ? column.precision() : 1 + random.nextInt(column.precision());
        if (digits > 12 && random.nextInt(4) > 0) {
            digits = 1 + random.nextInt(8);
        }
        BigInteger bound = BigInteger.TEN.pow(digits);
        BigInteger number =
                random.nextInt(8) == 0 ? bound.subtract(BigInteger.ONE) : new BigInteger(220, random).mod(bound);
        boolean negative = !column.isUnsigned() && random.nextInt(3) == 0;
        return new BigDecimal(negative ? number.negate() : number, column.scale()).toPlainString();
    }

    /** Of FLOAT(7,3) and its like. */
    private String fixed(Column column) {
        double most = Math.pow(10, column.precision() - column.scale()) - 1;
        double number = Math.floor(random.nextDouble() * most) + random.nextInt(1000) / 1000.0;
        return (column.isUnsigned() || random.nextBoolean() ? "" : "-") + String.format(Locale.ROOT, "%.3f", number);
    }

    private String floatOf(Column column) {
        String number = one(
                "0.1",
                "1.5",
                "16777217",
                "123456789",
                "3.4028234e38",
                "1.17549435e-38",
                "1e-45",
                "0.7",
                "1e10",
                Float.toString(random.nextFloat()),
                Float.toString(random.nextInt(100_000) / 100f),
                "0");
        return (column.isUnsigned() || random.nextInt(3) > 0 ? "" : "-") + number;
    }

    private String doubleOf(Column column) {
        String number = one(
                "0.1",
                "1e23",
                "0.30000000000000004",
                "1.7976931348623157e308",
                "2.2250738585072014e-308",
                "5e-324",
                "9007199254740993",
                "1e15",
                Double.toString(random.nextDouble()),
                Double.toString(random.nextInt(10_000_000) / 1000.0),
                "0e0");
        return (column.isUnsigned() || random.nextInt(3) > 0 ? "" : "-") + number;
    }

    private String bits(int count) {
        String ones = "1".repeat(count);
        String digits = new BigInteger(count, random).toString(2);
        return "b'" + one(ones, "0", "1" + "0".repeat(count - 1), digits, digits, digits) + "'";
    }

    /** Without the quotes. */
    private String date(boolean real) {
        if (!real && random.nextInt(6) == 0) {
            return one("0000-00-00", "2024-00-15", "2024-02-31", "0000-01-01", "2023-02-29");
        }
        return random.nextInt(8) == 0
                ? one("1000-01-01", "1582-10-10", "9999-12-31", "2024-02-29", "1969-12-31", "1970-01-01", "0001-01-01")
                : "%d-%02d-%02d"
                        .formatted(
                                random.nextBoolean() ? 2024 : 1985 + random.nextInt(45),
                                1 + random.nextInt(12),
                                1 + random.nextInt(28));
    }

    private String clock(int fraction) {
        String clock =
                one("00:00:00", "23:59:59", "02:30:00", twoDigits(24) + ":" + twoDigits(60) + ":" + twoDigits(60));
        return clock + fraction(fraction);
    }

    private String fraction(int digits) {
        return digits == 0 || random.nextInt(3) == 0
                ? ""
                : "."
                        + one("000000", "000001", "999999", "%06d".formatted(random.nextInt(1_000_000)))
                                .substring(0, digits);
    }

    private String timestamp(Column column, boolean key) {
        if (!key && random.nextInt(12) == 0) {
            return "'0000-00-00 00:00:00'";
        }
        String second = one(
                "1970-01-01 00:00:01",
                "2038-01-19 03:14:06",
                "2024-03-31 01:30:00",
                "2024-10-27 01:30:00",
                "2024-02-29 23:59:59");
        boolean edge = random.nextInt(6) == 0;
        return "'"
                + (edge
                        ? second
                        : "%d-%02d-%02d "
                                        .formatted(
                                                1971 + random.nextInt(60),
                                                1 + random.nextInt(12),
                                                1 + random.nextInt(28))
                                + clock(0))
                + fraction(column.fraction()) + "'";
    }

    private String time(int fraction) {
        return "'" + one("", "", "-")
                + one(
                        "838:59:59",
                        "00:00:00" + fraction(fraction),
                        twoDigits(24) + ":" + twoDigits(60) + ":" + twoDigits(60) + fraction(fraction),
                        random.nextInt(838) + ":00:01")
                + "'";
    }

    private String twoDigits(int bound) {
        return "%02d".formatted(random.nextInt(bound));
    }

    private String bytes(Column column, boolean key) {
        long longest = Math.min(column.length(), random.nextInt(30) == 0 && !key ? MANY_BYTES : MOST_BYTES);
        int count = random.nextInt(6) == 0 && !key ? (int) longest : random.nextInt((int) longest + 1);
        byte[] bytes = new byte[key ? (int) Math.min(longest, 1 + random.nextInt(8)) : count];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextInt(3) == 0) {
            bytes[bytes.length - 1] = (byte) (random.nextBoolean() ? 0 : ' ');
        }
        return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }

    private String document(int depth) {
        if (depth < 3 && random.nextInt(10) < 6 - depth) {
            boolean object = random.nextBoolean();
            List<String> parts = new ArrayList<>();
            int count = random.nextInt(5);
            for (int i = 0; i < count; i++) {
                parts.add((object ? jsonText() + ": " : "") + document(depth + 1));
            }
            return (object ? "{" : "[") + String.join(", ", parts) + (object ? "}" : "]");
        }
        return switch (random.nextInt(8)) {
            case 0 -> "null";
            case 1 -> one("true", "false");
            case 2 -> one("0", "-1", "18446744073709551615", "-9223372036854775808", "9007199254740993");
            case 3 -> one("0.1", "1.0", "-0.0", "1e100", "12345678.9", "0.00012");
            case 4 -> String.valueOf(random.nextInt());
            default -> jsonText();
        };
    }

    private String jsonText() {
        return TextNode.valueOf(Characters.text("utf8mb4", 12, random)).toString();
    }

    private String shape(String type) {
        return switch (type) {
            case "point" -> "POINT(" + place() + ")";
            case "linestring" -> "LINESTRING(" + places(2 + random.nextInt(3)) + ")";
            case "polygon" -> "POLYGON(" + ring() + ")";
            case "multipoint" -> "MULTIPOINT(" + places(1 + random.nextInt(3)) + ")";
            case "multilinestring" -> "MULTILINESTRING((" + places(2) + "),(" + places(3) + "))";
            case "multipolygon" -> "MULTIPOLYGON((" + ring() + "))";
            case "geometry" -> shape(one("point", "linestring", "polygon", "multipoint"));
            default ->
                random.nextInt(6) == 0
                        ? "GEOMETRYCOLLECTION EMPTY"
                        : "GEOMETRYCOLLECTION(POINT(" + place() + "),LINESTRING(" + places(2) + "))";
        };
    }

    private String ring() {
        int x = random.nextInt(50);
        int y = random.nextInt(50);
        return "(%1$d %2$d,%3$d %2$d,%3$d %4$d,%1$d %2$d)".formatted(x, y, x + 1 + random.nextInt(9), y + 7);
    }

    private String places(int count) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(place());
        }
        return String.join(",", places);
    }

    private String place() {
        return one(
                "0 0",
                "-89.5 179.25",
                random.nextInt(80) + " " + random.nextInt(170),
                random.nextInt(80) + ".125 -0.1");
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    /** A text in MySQL's quotes, on one line. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\'' -> quoted.append("''");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case 0 -> quoted.append("\\0");
                case 0x1a -> quoted.append("\\Z");
                default -> quoted.appendCodePoint(character);
            }
        });
        return quoted.append("'").toString();
    }
}
