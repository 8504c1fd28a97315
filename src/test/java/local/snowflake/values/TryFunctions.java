package local.snowflake.values;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.h2.value.Value;

/**
 * Snowflake's TRY_ functions, for H2 to call: NULL where the others fail. Like those of Snowflake they take texts
 * alone.
 */
public final class TryFunctions {

    private TryFunctions() {}

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    public static BigDecimal toNumber(Value value, int precision, int scale) throws SQLException {
        return attempt("TRY_TO_NUMBER", value, () -> CastFunctions.toNumber(value, precision, scale));
    }

    public static Double toFloat(Value value) throws SQLException {
        return attempt("TRY_TO_DOUBLE", value, () -> CastFunctions.toFloat(value));
    }

    public static Boolean toBoolean(Value value) throws SQLException {
        return attempt("TRY_TO_BOOLEAN", value, () -> CastFunctions.toBoolean(value));
    }

    public static LocalDate toDate(Value value) throws SQLException {
        return attempt("TRY_TO_DATE", value, () -> CastFunctions.toDate(value));
    }

    public static LocalDateTime toLocal(Value value, int fraction) throws SQLException {
        return attempt("TRY_TO_TIMESTAMP_NTZ", value, () -> CastFunctions.toLocal(value, fraction));
    }

    public static OffsetDateTime toZoned(Value value, int fraction) throws SQLException {
        return attempt("TRY_TO_TIMESTAMP_TZ", value, () -> CastFunctions.toZoned(value, fraction));
    }

    public static byte[] toBinary(Value value, String format) throws SQLException {
        return attempt("TRY_TO_BINARY", value, () -> VariantFunctions.binary(value, format));
    }

    /** As JSON text. */
    public static String parseJson(Value value) throws SQLException {
        return attempt("TRY_PARSE_JSON", value, () -> VariantFunctions.parseJson(value));
    }

    /** AS_DOUBLE: the number that a VARIANT holds, and NULL for anything else in it. */
    public static Double asDouble(Value value) throws SQLException {
        Object given = H2Values.of(value);
        if (given == null) {
            return null;
        }
        if (!(given instanceof Variant variant)) {
            throw SnowflakeError.wrongArguments("AS_DOUBLE", "VARCHAR");
        }
        return variant.json().isNumber() ? (Double) variant.json().doubleValue() : null;
    }

    private static <T> T attempt(String function, Value value, Attempt<T> attempt) throws SQLException {
        Object given = H2Values.of(value);
        if (given != null && !(given instanceof String)) {
            throw SnowflakeError.wrongArguments(function, given.getClass().getSimpleName());
        }
        try {
            return attempt.run();
        } catch (SnowflakeError e) {
            return null;
        }
    }

    /** The H2 expression that reads {@code operand} as {@code type}, which is not of texts. */
    public static String h2(String operand, SnowflakeType type) {
        return switch (type.family()) {
            case NUMBER ->
                "CAST(SF_TRY_TO_NUMBER(" + operand + ", " + type.precision() + ", " + type.scale() + ") AS " + type.h2()
                        + ")";
            case FLOAT -> "SF_TRY_TO_FLOAT(" + operand + ")";
            case BOOLEAN -> "SF_TRY_TO_BOOLEAN(" + operand + ")";
            case DATE -> "SF_TRY_TO_DATE(" + operand + ")";
            case TIMESTAMP_NTZ ->
                "CAST(SF_TRY_TO_LOCAL(" + operand + ", " + type.precision() + ") AS " + type.h2() + ")";
            case TIMESTAMP_LTZ, TIMESTAMP_TZ ->
                "CAST(SF_TRY_TO_ZONED(" + operand + ", " + type.precision() + ") AS " + type.h2() + ")";
            case VARCHAR, BINARY, TIME, VARIANT, OBJECT, ARRAY -> throw new IllegalArgumentException(type.toString());
        };
    }
}
