package local.snowflake.values;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.h2.value.Value;

/** Snowflake's functions on texts that H2 has not, or has otherwise. */
public final class TextFunctions {

    private TextFunctions() {}

    /** HEX_ENCODE of bytes, or of a text in UTF-8. */
    public static String hex(Value value) throws SQLException {
        Object given = H2Values.of(value);
        if (given == null) {
            return null;
        }
        byte[] bytes = given instanceof byte[] some
                ? some
                : Casts.text(Casts.cast(given, SnowflakeType.VARCHAR)).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** HEX_DECODE_STRING. */
    public static String hexText(String hex) throws SQLException {
        try {
            return hex == null ? null : new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SnowflakeError.notEncoded("hex", hex);
        }
    }

    /** REGEXP_LIKE: the whole text must match. */
    public static Boolean regexpLike(String text, String pattern) {
        if (text == null || pattern == null) {
            return null;
        }
        return Pattern.compile(pattern).matcher(text).matches();
    }

    /** SPLIT: an array, also of the empty text. */
    public static String split(String text, String separator) {
        if (text == null || separator == null) {
            return null;
        }
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        for (String part : text.split(Pattern.quote(separator), -1)) {
            parts.add(part);
        }
        return new Variant(parts).toString();
    }

    /** SPLIT_PART, counted from 1: a part that is not there is empty. */
    public static String splitPart(String text, String separator, int number) throws SQLException {
        if (text == null || separator == null) {
            return null;
        }
        if (number < 1) {
            throw SnowflakeError.notImitated("SPLIT_PART from the end");
        }
        String[] parts = text.split(Pattern.quote(separator), -1);
        return number > parts.length ? "" : parts[number - 1];
    }
}
