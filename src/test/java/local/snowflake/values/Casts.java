package local.snowflake.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import local.snowflake.values.SnowflakeType.Family;

/**
 * Turns values into values of another type as Snowflake's CAST does, and fails as it does.
 *
 * <p>A value is null, a String, BigDecimal, Double, Boolean, byte[], LocalDate, LocalTime, LocalDateTime,
 * OffsetDateTime or {@link Variant}.
 */
public final class Casts {

    private Casts() {}

    static Object cast(Object value, SnowflakeType type) throws SnowflakeError {
        if (value == null) {
            return null;
        }
        if (value instanceof Variant variant && !type.isSemiStructured()) {
            return variant.isNull() ? null : castVariant(variant, type);
        }
        return switch (type.family()) {
            case NUMBER -> number(value, type);
            case FLOAT -> real(value);
            case VARCHAR -> fitting(text(value), type.precision());
            case BOOLEAN -> bool(value);
            case BINARY -> binary(value);
            case DATE -> date(value);
            case TIME -> time(value, type.precision());
            case TIMESTAMP_NTZ -> local(value, type.precision());
            case TIMESTAMP_LTZ, TIMESTAMP_TZ -> zoned(value, type.precision());
            case VARIANT -> variant(value);
            case OBJECT, ARRAY -> container(variant(value), type.family());
        };
    }

    private static Object castVariant(Variant variant, SnowflakeType type) throws SnowflakeError {
        JsonNode json = variant.json();
        Object scalar = json.isTextual()
                ? json.textValue()
                : json.isBoolean() ? (Object) json.booleanValue() : json.isNumber() ? json.decimalValue() : null;
        if (type.family() == Family.VARCHAR) {
            return fitting(scalar == null ? variant.toString() : text(scalar), type.precision());
        }
        boolean refused = scalar == null || (type.family() == Family.BOOLEAN && scalar instanceof BigDecimal);
        try {
            if (!refused) {
                return cast(scalar, type);
            }
        } catch (SnowflakeError e) {
            if (e.getErrorCode() == SnowflakeError.textOutOfRange("").getErrorCode()) {
                throw SnowflakeError.numberOutOfRange("FIXED", String.valueOf(scalar));
            }
            if (scalar instanceof BigDecimal) {
                throw e;
            }
        }
        String target = type.family() == Family.NUMBER ? "FIXED" : type.family() == Family.FLOAT ? "REAL" : null;
        throw SnowflakeError.variantCast(
                variant.toString(), target == null ? type.family().name() : target);
    }

    private static BigDecimal number(Object value, SnowflakeType type) throws SnowflakeError {
        BigDecimal number;
        if (value instanceof BigDecimal decimal) {
            number = decimal;
        } else if (value instanceof Double real && Double.isFinite(real)) {
            number = BigDecimal.valueOf(real);
        } else if (value instanceof Boolean bool) {
            number = bool ? BigDecimal.ONE : BigDecimal.ZERO;
        } else if (value instanceof String text) {
            number = decimal(text);
        } else {
            throw SnowflakeError.wrongType(text(value), type.toString());
        }
        if (number.signum() != 0 && number.precision() - number.scale() > SnowflakeType.MAX_PRECISION) {
            throw outOfRange(value, number, type);
        }
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() - rounded.scale() > type.precision() - type.scale()) {
            throw outOfRange(value, number, type);
        }
        return rounded;
    }

    private static SnowflakeError outOfRange(Object value, BigDecimal number, SnowflakeType type) {
        return value instanceof String text
                ? SnowflakeError.textOutOfRange(text)
                : SnowflakeError.numberOutOfRange(
                        "FIXED(" + type.precision() + "," + type.scale() + ")", number.toPlainString());
    }

    private static BigDecimal decimal(String text) throws SnowflakeError {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw SnowflakeError.notNumeric(text);
        }
    }

    private static Double real(Object value) throws SnowflakeError {
        if (value instanceof Double real) {
            return real;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof Boolean bool) {
            return bool ? 1.0 : 0.0;
        }
        if (!(value instanceof String text)) {
            throw SnowflakeError.wrongType(text(value), "FLOAT");
        }
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "NAN" -> Double.NaN;
            case "INF", "INFINITY" -> Double.POSITIVE_INFINITY;
            case "-INF", "-INFINITY" -> Double.NEGATIVE_INFINITY;
            default -> decimal(text).doubleValue();
        };
    }

    public static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double real) {
            return real == Math.rint(real) && Math.abs(real) < 1e15
                    ? String.valueOf(real.longValue())
                    : String.valueOf(real);
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().withUpperCase().formatHex(bytes);
        }
        if (value instanceof LocalDateTime local) {
            return Timestamps.text(local);
        }
        if (value instanceof OffsetDateTime zoned) {
            return Timestamps.text(zoned);
        }
        return value.toString();
    }

    private static String fitting(String text, int length) throws SnowflakeError {
        if (text.codePointCount(0, text.length()) > length) {
            throw SnowflakeError.tooLong(text);
        }
        return text;
    }

    private static Boolean bool(Object value) throws SnowflakeError {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() != 0;
        }
        if (value instanceof Double real) {
            return real != 0;
        }
        String text = text(value);
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw SnowflakeError.notBoolean(text);
        };
    }

    private static byte[] binary(Object value) throws SnowflakeError {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            try {
                return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw SnowflakeError.notEncoded("hex", text);
            }
        }
        throw SnowflakeError.wrongType(text(value), "BINARY");
    }

    private static LocalDate date(Object value) throws SnowflakeError {
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof String text) {
            return Timestamps.date(text);
        }
        return zoned(value, 0).toLocalDate();
    }

    private static LocalTime time(Object value, int fraction) throws SnowflakeError {
        LocalTime time;
        if (value instanceof LocalTime same) {
            time = same;
        } else if (value instanceof String text) {
            time = Timestamps.time(text);
        } else {
            time = zoned(value, SnowflakeType.MAX_FRACTION).toLocalTime();
        }
        return Timestamps.cut(time, fraction);
    }

    private static LocalDateTime local(Object value, int fraction) throws SnowflakeError {
        return zoned(value, fraction).toLocalDateTime();
    }

    private static OffsetDateTime zoned(Object value, int fraction) throws SnowflakeError {
        OffsetDateTime zoned;
        if (value instanceof OffsetDateTime same) {
            zoned = same;
        } else if (value instanceof LocalDateTime local) {
            zoned = local.atOffset(ZoneOffset.UTC);
        } else if (value instanceof LocalDate date) {
            zoned = date.atStartOfDay().atOffset(ZoneOffset.UTC);
        } else if (value instanceof String text) {
            zoned = Timestamps.zoned(text);
        } else {
            throw SnowflakeError.wrongType(text(value), "TIMESTAMP");
        }
        return Timestamps.cut(zoned, fraction);
    }

    private static Variant variant(Object value) {
        if (value instanceof Variant same) {
            return same;
        }
        boolean bare = value instanceof BigDecimal || value instanceof Boolean || value instanceof Double;
        return bare ? Variant.of(value instanceof Double ? value.toString() : text(value)) : Variant.text(text(value));
    }

    private static Variant container(Variant variant, Family family) throws SnowflakeError {
        boolean fits = family == Family.ARRAY
                ? variant.json().isArray()
                : variant.json().isObject();
        if (!fits && !variant.isNull()) {
            throw SnowflakeError.variantCast(variant.toString(), family.name());
        }
        return variant;
    }
}
