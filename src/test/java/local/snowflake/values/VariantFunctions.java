package local.snowflake.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.h2.tools.SimpleResultSet;
import org.h2.value.Value;

/** Snowflake's functions on semi-structured and encoded values, for H2 to call. JSON goes back to H2 as text. */
public final class VariantFunctions {

    private VariantFunctions() {}

    /** PARSE_JSON: an empty text is NULL. */
    public static String parseJson(Value value) throws SQLException {
        Object given = H2Values.of(value);
        if (given instanceof Variant variant) {
            return variant.json().isTextual()
                    ? Variant.parse(variant.json().textValue()).toString()
                    : variant.toString();
        }
        return given == null || given.toString().isBlank()
                ? null
                : Variant.parse(given.toString()).toString();
    }

    /** GET, one step after the other: what is not there is NULL. */
    public static String path(Value value, Value... steps) throws SQLException {
        Object given = H2Values.of(value);
        if (given == null) {
            return null;
        }
        if (!(given instanceof Variant variant)) {
            throw SnowflakeError.wrongArguments("GET", "VARCHAR, VARCHAR");
        }
        JsonNode at = variant.json();
        for (Value step : steps) {
            Object key = H2Values.of(step);
            if (key == null) {
                return null;
            }
            at = key instanceof BigDecimal index ? at.path(index.intValue()) : at.path(key.toString());
        }
        return at.isMissingNode() ? null : new Variant(at).toString();
    }

    /** FLATTEN of an array or object; anything else gives no row. */
    public static ResultSet flatten(Connection connection, Value value) throws SQLException {
        SimpleResultSet rows = new SimpleResultSet();
        rows.addColumn("SEQ", Types.INTEGER, 0, 0);
        rows.addColumn("KEY", Types.VARCHAR, 0, 0);
        rows.addColumn("PATH", Types.VARCHAR, 0, 0);
        rows.addColumn("INDEX", Types.INTEGER, 0, 0);
        rows.addColumn("VALUE", Types.OTHER, "JSON", 0, 0);
        rows.addColumn("THIS", Types.OTHER, "JSON", 0, 0);
        boolean columnsOnly = connection.getMetaData().getURL().startsWith("jdbc:columnlist");
        Object given = columnsOnly ? null : H2Values.of(value);
        if (given == null) {
            return rows;
        }
        if (!(given instanceof Variant variant)) {
            throw SnowflakeError.wrongArguments("FLATTEN", "VARCHAR");
        }
        if (variant.json().isArray()) {
            int index = 0;
            for (JsonNode element : variant.json()) {
                rows.addRow(1, null, "[" + index + "]", index, new Variant(element).toString(), null);
                index++;
            }
        }
        for (Map.Entry<String, JsonNode> field : variant.json().properties()) {
            rows.addRow(1, field.getKey(), field.getKey(), null, new Variant(field.getValue()).toString(), null);
        }
        return rows;
    }

    /** ARRAY_SIZE: NULL for what is no array. */
    public static Integer arraySize(Value value) {
        return H2Values.of(value) instanceof Variant variant && variant.json().isArray()
                ? (Integer) variant.json().size()
                : null;
    }

    /** TYPEOF. */
    public static String typeOf(Value value) {
        if (!(H2Values.of(value) instanceof Variant variant)) {
            return null;
        }
        return switch (variant.json().getNodeType()) {
            case ARRAY -> "ARRAY";
            case OBJECT -> "OBJECT";
            case BOOLEAN -> "BOOLEAN";
            case NULL -> "NULL_VALUE";
            case NUMBER -> variant.json().isIntegralNumber() ? "INTEGER" : "DECIMAL";
            default -> "VARCHAR";
        };
    }

    /** IS_NULL_VALUE: whether it is a JSON null. */
    public static Boolean isNullValue(Value value) {
        return H2Values.of(value) instanceof Variant variant ? (Boolean) variant.isNull() : null;
    }

    /** OBJECT_CONSTRUCT: a NULL value drops its key. */
    public static String object(Value... keysAndValues) throws SQLException {
        return constructed(false, keysAndValues);
    }

    /** OBJECT_CONSTRUCT_KEEP_NULL: a NULL value becomes JSON's null. */
    public static String objectKeepingNull(Value... keysAndValues) throws SQLException {
        return constructed(true, keysAndValues);
    }

    private static String constructed(boolean keepNull, Value... keysAndValues) throws SQLException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            Object value = H2Values.of(keysAndValues[i + 1]);
            if (value != null) {
                object.set(keysAndValues[i].getString(), json(value));
            } else if (keepNull) {
                object.putNull(keysAndValues[i].getString());
            }
        }
        return new Variant(object).toString();
    }

    /** ARRAY_CONSTRUCT. */
    public static String array(Value... values) throws SQLException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Value value : values) {
            Object element = H2Values.of(value);
            array.add(element == null ? JsonNodeFactory.instance.nullNode() : json(element));
        }
        return new Variant(array).toString();
    }

    private static JsonNode json(Object value) throws SnowflakeError {
        return ((Variant) Casts.cast(value, SnowflakeType.VARIANT)).json();
    }

    /** TO_BINARY with a format: HEX, BASE64 or UTF-8. */
    public static byte[] binary(Value value, String format) throws SQLException {
        Object given = H2Values.of(value);
        if (given == null || given instanceof byte[]) {
            return (byte[]) given;
        }
        String text = Casts.text(Casts.cast(given, SnowflakeType.VARCHAR));
        return switch (format.toUpperCase(Locale.ROOT)) {
            case "HEX" -> (byte[]) Casts.cast(text, SnowflakeType.BINARY);
            case "BASE64" -> fromBase64(text);
            case "UTF-8", "UTF8" -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw SnowflakeError.notImitated(format);
        };
    }

    private static byte[] fromBase64(String text) throws SnowflakeError {
        try {
            return Base64.getDecoder().decode(text.replaceAll("[\\r\\n]", ""));
        } catch (IllegalArgumentException e) {
            throw SnowflakeError.notEncoded("base64", text);
        }
    }

    /** BASE64_ENCODE. */
    public static String base64(Value value) {
        return value.getBytes() == null ? null : Base64.getEncoder().encodeToString(value.getBytes());
    }
}
