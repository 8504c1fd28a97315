package local.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values of a column as texts that are the same on both sides exactly when Snowflake has what docs/types.md says of the value
 * that MySQL shows.
 */
enum Values {
    INTEGER("%s + 0", "%s"),
    NUMBER("CAST(%s AS CHAR)", "%s") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            return plain(row.getBigDecimal(at));
        }

        @Override
        String shown(ResultSet row, int at) throws SQLException {
            return row.getString(at) == null ? null : plain(new BigDecimal(row.getString(at)));
        }

        /** A column of Snowflake may have more digits after the point than that of MySQL has. */
        private String plain(BigDecimal number) {
            return number == null ? null : number.stripTrailingZeros().toPlainString();
        }
    },
    /** A DECIMAL that Snowflake's NUMBER is too short for. */
    LONG_NUMBER("CAST(%s AS CHAR)", "%s") {
        @Override
        String shown(ResultSet row, int at) throws SQLException {
            return row.getString(at) == null ? null : new BigDecimal(row.getString(at)).toPlainString();
        }
    },
    /** MySQL shows a FLOAT with six digits, but not what is computed of it. */
    FLOAT("%s * 1e0", "%s") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            // Zero and minus zero are one number to Snowflake.
            float number = (float) (row.getDouble(at) + 0.0);
            return row.wasNull() ? null : Float.toString(number);
        }
    },
    DOUBLE("%s * 1e0", "%s") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            double number = row.getDouble(at) + 0.0;
            return row.wasNull() ? null : Double.toString(number);
        }
    },
    BOOLEAN("%s + 0", "%s") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            boolean set = row.getBoolean(at);
            return row.wasNull() ? null : String.valueOf(set);
        }
    },
    BYTES("%s", "%s") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            byte[] bytes = row.getBytes(at);
            return bytes == null ? null : HexFormat.of().formatHex(bytes);
        }
    },
    DAY("CAST(%s AS CHAR)", "%s::VARCHAR") {
        @Override
        String shown(ResultSet row, int at) throws SQLException {
            return isDate(row.getString(at)) ? row.getString(at) : null;
        }
    },
    /** By parts, as a timestamp of JDBC is of another calendar before 1582. */
    MOMENT("CAST(%s AS CHAR)", "%1$s, %1$s::DATE::VARCHAR, %1$s::TIME::VARCHAR") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            if (row.getString(at) == null) {
                return null;
            }
            LocalTime time = LocalTime.parse(row.getString(at + 2))
                    .withNano(row.getTimestamp(at).getNanos());
            return row.getString(at + 1) + " " + time;
        }

        @Override
        String shown(ResultSet row, int at) throws SQLException {
            String text = row.getString(at);
            return isDate(text)
                    ? text.substring(0, DAY_LENGTH + 1) + LocalTime.parse(text.substring(DAY_LENGTH + 1))
                    : null;
        }

        @Override
        int width() {
            return 3;
        }
    },
    TIME("CAST(%s AS CHAR)", "%s"),
    TEXT("CONVERT(%s USING utf8mb4)", "%s"),
    DOCUMENT("CAST(%s AS CHAR)", "%s") {
        @Override
        String text(ResultSet row, int at) throws SQLException {
            return json(row.getString(at));
        }

        @Override
        String shown(ResultSet row, int at) throws SQLException {
            String text = row.getString(at);
            // MySQL 8.0.12 breaks long base64 by bare newlines.
            return text == null ? null : json(text.replace("\n", "\\n"));
        }
    },
    GEOMETRY("CONCAT('SRID=', ST_SRID(%1$s), ';', ST_AsText(%1$s))", "%s");

    private static final int DAY_LENGTH = "YYYY-MM-DD".length();
    private static final int MOST_DIGITS = 38;
    private static final Pattern NO_YEAR = Pattern.compile("0000-.*");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final String inMySql;
    private final String inSnowflake;

    Values(String inMySql, String inSnowflake) {
        this.inMySql = inMySql;
        this.inSnowflake = inSnowflake;
    }

    static Values of(Column column) {
        return switch (column.kind()) {
            case INTEGER, YEAR -> INTEGER;
            case DECIMAL -> column.precision() > MOST_DIGITS ? LONG_NUMBER : NUMBER;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case BIT -> column.precision() == 1 ? BOOLEAN : BYTES;
            case DATE -> DAY;
            case DATETIME, TIMESTAMP -> MOMENT;
            case TIME -> TIME;
            case TEXT, ENUM, SET -> TEXT;
            case BYTES -> BYTES;
            case JSON -> DOCUMENT;
            case GEOMETRY -> GEOMETRY;
        };
    }

    /** What a SELECT in MySQL asks for: one expression. */
    String inMySql(String column) {
        return inMySql.formatted(column);
    }

    /** What a SELECT in Snowflake asks for: {@link #width()} expressions. */
    String inSnowflake(String column) {
        return inSnowflake.formatted(column);
    }

    int width() {
        return 1;
    }

    /** Snowflake's value. */
    String text(ResultSet row, int at) throws SQLException {
        return row.getString(at);
    }

    /** MySQL's value. */
    String shown(ResultSet row, int at) throws SQLException {
        return text(row, at);
    }

    /** What Snowflake cannot hold is NULL there: dates that are none, and those of the year 0. */
    private static boolean isDate(String text) {
        if (text == null || NO_YEAR.matcher(text).matches()) {
            return false;
        }
        try {
            return LocalDate.parse(text.substring(0, DAY_LENGTH)).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String json(String text) {
        if (text == null) {
            return null;
        }
        try {
            return canonical(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return "no JSON: " + text;
        }
    }

    /** Members in the order of their names, and one text for equal numbers. */
    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
            return members.toString();
        }
        if (node.isArray()) {
            StringBuilder elements = new StringBuilder("[");
            node.forEach(element -> elements.append(canonical(element)).append(", "));
            return elements.append("]").toString();
        }
        return node.isNumber()
                ? node.decimalValue().stripTrailingZeros().toString().toLowerCase(Locale.ROOT)
                : node.toString();
    }
}
