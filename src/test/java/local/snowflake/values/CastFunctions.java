package local.snowflake.values;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import local.snowflake.values.SnowflakeType.Family;
import org.h2.value.Value;

/** Snowflake's CAST, one function for each class of result, for H2 to call. */
public final class CastFunctions {

    private CastFunctions() {}

    public static BigDecimal toNumber(Value value, int precision, int scale) throws SQLException {
        return (BigDecimal) cast(value, SnowflakeType.number(precision, scale));
    }

    public static Double toFloat(Value value) throws SQLException {
        return (Double) cast(value, SnowflakeType.FLOAT);
    }

    public static String toVarchar(Value value, int length) throws SQLException {
        return (String) cast(value, SnowflakeType.varchar(length));
    }

    public static Boolean toBoolean(Value value) throws SQLException {
        return (Boolean) cast(value, SnowflakeType.BOOLEAN);
    }

    public static byte[] toBinary(Value value) throws SQLException {
        return (byte[]) cast(value, SnowflakeType.BINARY);
    }

    public static LocalDate toDate(Value value) throws SQLException {
        return (LocalDate) cast(value, SnowflakeType.DATE);
    }

    public static LocalTime toTime(Value value, int fraction) throws SQLException {
        return (LocalTime) cast(value, SnowflakeType.time(Family.TIME, fraction));
    }

    public static LocalDateTime toLocal(Value value, int fraction) throws SQLException {
        return (LocalDateTime) cast(value, SnowflakeType.time(Family.TIMESTAMP_NTZ, fraction));
    }

    public static OffsetDateTime toZoned(Value value, int fraction) throws SQLException {
        return (OffsetDateTime) cast(value, SnowflakeType.time(Family.TIMESTAMP_TZ, fraction));
    }

    /** To VARIANT, OBJECT or ARRAY, as JSON text. */
    public static String toJson(Value value, String family) throws SQLException {
        Object cast = cast(value, new SnowflakeType(Family.valueOf(family), 0, 0));
        return cast == null ? null : cast.toString();
    }

    private static Object cast(Value value, SnowflakeType type) throws SnowflakeError {
        return Casts.cast(H2Values.of(value), type);
    }

    /** The H2 expression that casts {@code operand} to {@code type}. */
    public static String h2(String operand, SnowflakeType type) {
        return switch (type.family()) {
            case NUMBER ->
                "CAST(SF_TO_NUMBER(" + operand + ", " + type.precision() + ", " + type.scale() + ") AS " + type.h2()
                        + ")";
            case FLOAT -> "SF_TO_FLOAT(" + operand + ")";
            case VARCHAR -> "SF_TO_VARCHAR(" + operand + ", " + type.precision() + ")";
            case BOOLEAN -> "SF_TO_BOOLEAN(" + operand + ")";
            case BINARY -> "SF_TO_BINARY(" + operand + ")";
            case DATE -> "SF_TO_DATE(" + operand + ")";
            case TIME -> "CAST(SF_TO_TIME(" + operand + ", " + type.precision() + ") AS " + type.h2() + ")";
            case TIMESTAMP_NTZ -> "CAST(SF_TO_LOCAL(" + operand + ", " + type.precision() + ") AS " + type.h2() + ")";
            case TIMESTAMP_LTZ, TIMESTAMP_TZ ->
                "CAST(SF_TO_ZONED(" + operand + ", " + type.precision() + ") AS " + type.h2() + ")";
            case VARIANT, OBJECT, ARRAY -> "(SF_TO_JSON(" + operand + ", '" + type.family() + "') FORMAT JSON)";
        };
    }
}
