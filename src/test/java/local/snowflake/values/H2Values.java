package local.snowflake.values;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import local.snowflake.values.SnowflakeType.Family;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueJson;

/** Takes values out of H2, in the classes that {@link Casts} works with. */
public final class H2Values {

    private H2Values() {}

    /** A value as H2 hands it to a function. */
    static Object of(Value value) {
        return switch (value.getValueType()) {
            case Value.NULL -> null;
            case Value.BOOLEAN -> value.getBoolean();
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT, Value.NUMERIC, Value.DECFLOAT ->
                value.getBigDecimal();
            case Value.REAL, Value.DOUBLE -> value.getDouble();
            case Value.BINARY, Value.VARBINARY, Value.BLOB -> value.getBytes();
            case Value.DATE -> JSR310Utils.valueToLocalDate(value, null);
            case Value.TIME -> JSR310Utils.valueToLocalTime(value, null);
            case Value.TIMESTAMP -> JSR310Utils.valueToLocalDateTime(value, null);
            case Value.TIMESTAMP_TZ -> JSR310Utils.valueToOffsetDateTime(value, null);
            case Value.JSON -> Variant.of(value.getString());
            default -> value.getString();
        };
    }

    /** A VARIANT for a parameter of H2, which then need not parse it. */
    public static Value json(Variant variant) {
        return ValueJson.getInternal(variant.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The Snowflake type of a result column, as far as H2's own type tells. */
    public static SnowflakeType type(ResultSetMetaData columns, int column) throws SQLException {
        int precision = columns.getPrecision(column);
        int scale = columns.getScale(column);
        if (columns.getColumnTypeName(column).equals("JSON")) {
            return SnowflakeType.VARIANT;
        }
        return switch (columns.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> SnowflakeType.NUMBER;
            case Types.NUMERIC, Types.DECIMAL ->
                scale < 0 || precision > SnowflakeType.MAX_PRECISION
                        ? SnowflakeType.number(SnowflakeType.MAX_PRECISION, Math.max(0, Math.min(scale, 37)))
                        : SnowflakeType.number(precision, scale);
            case Types.REAL, Types.DOUBLE, Types.FLOAT -> SnowflakeType.FLOAT;
            case Types.BOOLEAN -> SnowflakeType.BOOLEAN;
            case Types.BINARY, Types.VARBINARY, Types.BLOB ->
                new SnowflakeType(Family.BINARY, Math.min(precision, SnowflakeType.MAX_BINARY), 0);
            case Types.DATE -> SnowflakeType.DATE;
            case Types.TIME -> SnowflakeType.time(Family.TIME, scale);
            case Types.TIMESTAMP -> SnowflakeType.time(Family.TIMESTAMP_NTZ, scale);
            case Types.TIMESTAMP_WITH_TIMEZONE -> SnowflakeType.time(Family.TIMESTAMP_TZ, scale);
            default -> SnowflakeType.varchar(Math.min(Math.max(precision, 1), SnowflakeType.MAX_VARCHAR));
        };
    }

    /** The value of a result column that {@link #type} called {@code type}. */
    public static Object read(ResultSet row, int column, SnowflakeType type) throws SQLException {
        return switch (type.family()) {
            case NUMBER -> row.getObject(column, BigDecimal.class);
            case FLOAT -> row.getObject(column, Double.class);
            case BOOLEAN -> row.getObject(column, Boolean.class);
            case BINARY -> row.getBytes(column);
            case DATE -> row.getObject(column, LocalDate.class);
            case TIME -> row.getObject(column, LocalTime.class);
            case TIMESTAMP_NTZ -> row.getObject(column, LocalDateTime.class);
            case TIMESTAMP_LTZ, TIMESTAMP_TZ -> row.getObject(column, OffsetDateTime.class);
            case VARIANT, OBJECT, ARRAY -> {
                String json = row.getString(column);
                yield json == null ? null : Variant.of(json);
            }
            case VARCHAR -> row.getString(column);
        };
    }
}
