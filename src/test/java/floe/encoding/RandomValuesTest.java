package floe.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random values, the same in each run: equal bytes on both ways, and the server's own text. */
class RandomValuesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static BothWays mysql;

    private final Random random = new Random(20_240_229);

    @BeforeAll
    static void start() throws Exception {
        mysql = new BothWays(new MySqlServer(MySqlSettings.defaults()));
    }

    @AfterAll
    static void end() throws Exception {
        mysql.close();
    }

    @Test
    void documents() throws Exception {
        for (BothWays.Row row : rows("JSON", "CAST(c AS CHAR)", 1500, () -> document(0))) {
            assertThat(text(row)).isEqualTo(row.shown().replace("\n", "\\n"));
        }
    }

    /** Whole numbers, those of few digits, and any pattern of bits: each kind is printed by another rule. */
    @Test
    void numbersInDocuments() throws Exception {
        for (BothWays.Row row : rows("JSON", "CAST(c AS CHAR)", 5000, () -> "CAST(" + number() + " AS JSON)")) {
            assertThat(text(row)).isEqualTo(row.shown());
        }
    }

    @Test
    void doubles() throws Exception {
        for (BothWays.Row row : rows("DOUBLE", "c * 1e0", 5000, this::number)) {
            assertThat(Double.parseDouble(row.selected().json())).isEqualTo(Double.parseDouble(row.shown()));
        }
    }

    @Test
    void floats() throws Exception {
        Supplier<String> bits = () -> {
            float number = Float.intBitsToFloat(random.nextInt());
            return Float.isFinite(number) ? Double.toString(number) : "0.1";
        };
        for (BothWays.Row row : rows("FLOAT", "c * 1e0", 5000, bits)) {
            float number = (float) Double.parseDouble(row.shown());
            assertThat(Float.parseFloat(row.selected().json())).isEqualTo(number);
            assertThat(digits(row.selected().json())).isLessThanOrEqualTo(digits(Float.toString(number)));
        }
    }

    @Test
    void decimals() throws Exception {
        for (int i = 0; i < 40; i++) {
            int precision = 1 + random.nextInt(65);
            int scale = random.nextInt(Math.min(precision, 30) + 1);
            Supplier<String> value = () -> {
                BigInteger digits = new BigInteger(random.nextInt(216) + 1, random)
                        .mod(BigInteger.TEN.pow(1 + random.nextInt(precision)));
                return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale).toPlainString();
            };
            String type = "DECIMAL(" + precision + "," + scale + ")";
            for (BothWays.Row row : rows(type, "c", 60, value)) {
                assertThat(text(row)).as(type).isEqualTo(row.shown());
            }
        }
    }

    @Test
    void temporals() throws Exception {
        for (int digits = 0; digits <= 6; digits++) {
            for (BothWays.Row row :
                    rows("DATETIME(" + digits + ")", "c", 500, () -> "'" + date() + " " + clock() + "'")) {
                assertThat(text(row)).isEqualTo(row.shown());
            }
            for (BothWays.Row row : rows("TIME(" + digits + ")", "c", 500, this::time)) {
                assertThat(text(row)).isEqualTo(row.shown());
            }
            for (BothWays.Row row :
                    rows("TIMESTAMP(" + digits + ") NULL", "CONCAT(c, 'Z')", 500, () -> "FROM_UNIXTIME(%d.%06d)"
                            .formatted(1 + random.nextInt(Integer.MAX_VALUE - 1), random.nextInt(1_000_000)))) {
                assertThat(text(row)).isEqualTo(row.shown());
            }
        }
        for (BothWays.Row row : rows("DATE", "c", 2000, () -> "'" + date() + "'")) {
            assertThat(text(row)).isEqualTo(row.shown());
        }
    }

    private static List<BothWays.Row> rows(String type, String shown, int count, Supplier<String> value)
            throws Exception {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value.get());
        }
        List<BothWays.Row> rows = mysql.rows(type, shown, values);
        assertThat(rows).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(rows.get(i).images())
                    .as(type + " " + values.get(i))
                    .hasSize(4)
                    .containsOnly(rows.get(i).selected());
        }
        return rows;
    }

    private static String text(BothWays.Row row) throws Exception {
        return JSON.readTree(row.selected().json()).textValue();
    }

    private static int digits(String number) {
        return number.replaceAll("E.*", "").replaceAll("[^0-9]", "").length();
    }

    private String number() {
        double number =
                switch (random.nextInt(6)) {
                    case 0 -> random.nextInt(1000);
                    case 1 -> random.nextLong();
                    case 2 -> Math.rint(random.nextDouble() * 1e6) / Math.pow(10, random.nextInt(12));
                    case 3 -> Math.pow(10, random.nextInt(60) - 30);
                    case 4 -> Double.longBitsToDouble(random.nextLong() & 0x800f_ffff_ffff_ffffL);
                    default -> Double.longBitsToDouble(random.nextLong());
                };
        return String.format(Locale.ROOT, "%.17e", Double.isFinite(number) ? number : 0.5);
    }

    private String date() {
        int year = random.nextInt(10) == 0 ? 0 : random.nextInt(10_000);
        return "%04d-%02d-%02d".formatted(year, random.nextInt(13), random.nextInt(32));
    }

    private String clock() {
        return "%02d:%02d:%02d.%06d"
                .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000));
    }

    private String time() {
        return "'%s%d:%02d:%02d.%06d'"
                .formatted(
                        random.nextBoolean() ? "-" : "",
                        random.nextInt(random.nextBoolean() ? 838 : 2),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(random.nextBoolean() ? 1_000_000 : 2));
    }

    private String document(int depth) {
        if (depth < 6 && random.nextInt(10) < 4) {
            boolean object = random.nextBoolean();
            int count = random.nextInt(depth == 0 ? 12 : 5);
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (object) {
                    parts.add("CONVERT('" + string(random.nextInt(8)) + i + "' USING utf8mb4)");
                }
                parts.add(document(depth + 1));
            }
            return (object ? "JSON_OBJECT(" : "JSON_ARRAY(") + String.join(", ", parts) + ")";
        }
        return "CAST("
                + switch (random.nextInt(12)) {
                    case 0 -> random.nextInt(100_000) - 50_000;
                    case 1 -> random.nextLong();
                    case 2 -> "CAST(" + Long.toUnsignedString(random.nextLong()) + " AS UNSIGNED)";
                    case 3 -> number();
                    case 4 ->
                        "CAST(" + new BigDecimal(new BigInteger(90, random), random.nextInt(20)).toPlainString()
                                + " AS DECIMAL(65,20))";
                    case 5 -> "CAST('" + date() + "' AS DATE)";
                    case 6 -> "CAST('" + date() + " " + clock() + "' AS DATETIME(6))";
                    case 7 -> "CAST(" + time() + " AS TIME(6))";
                    case 8 -> "CAST('" + string(random.nextInt(150)) + "' AS BINARY)";
                    case 9 -> random.nextBoolean() ? "'true'" : "'null'";
                    default -> "JSON_QUOTE('" + string(random.nextInt(random.nextInt(20) == 0 ? 40_000 : 30)) + "')";
                }
                + " AS JSON)";
    }

    private String string(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(12)) {
                case 0 -> text.append("\\\\");
                case 1 -> text.append("\\\"");
                case 2 -> text.append("\\n");
                case 3 -> text.append((char) (1 + random.nextInt(31)));
                case 4 -> text.appendCodePoint(0x80 + random.nextInt(0xd000));
                case 5 -> text.append("😀");
                case 6 -> text.append("''");
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
