package local.snowflake.values;

import java.util.Set;

/**
 * A Snowflake data type, with the defaults of its documentation (Data types).
 *
 * @param precision digits of a number, length of a text or binary, fractional digits of a time; 0 where it has none
 * @param scale fractional digits of a number
 */
public record SnowflakeType(Family family, int precision, int scale) {

    public enum Family {
        NUMBER,
        FLOAT,
        VARCHAR,
        BOOLEAN,
        BINARY,
        DATE,
        TIME,
        TIMESTAMP_NTZ,
        TIMESTAMP_LTZ,
        TIMESTAMP_TZ,
        VARIANT,
        OBJECT,
        ARRAY
    }

    public static final int MAX_PRECISION = 38;
    public static final int MAX_VARCHAR = 16_777_216;
    public static final int MAX_BINARY = 8_388_608;
    public static final int MAX_FRACTION = 9;

    public static final SnowflakeType NUMBER = number(MAX_PRECISION, 0);
    public static final SnowflakeType FLOAT = new SnowflakeType(Family.FLOAT, 0, 0);
    public static final SnowflakeType VARCHAR = varchar(MAX_VARCHAR);
    public static final SnowflakeType BOOLEAN = new SnowflakeType(Family.BOOLEAN, 0, 0);
    public static final SnowflakeType BINARY = new SnowflakeType(Family.BINARY, MAX_BINARY, 0);
    public static final SnowflakeType DATE = new SnowflakeType(Family.DATE, 0, 0);
    public static final SnowflakeType VARIANT = new SnowflakeType(Family.VARIANT, 0, 0);

    private static final Set<Family> SEMI_STRUCTURED = Set.of(Family.VARIANT, Family.OBJECT, Family.ARRAY);

    public static SnowflakeType number(int precision, int scale) {
        return new SnowflakeType(Family.NUMBER, precision, scale);
    }

    static SnowflakeType varchar(int length) {
        return new SnowflakeType(Family.VARCHAR, length, 0);
    }

    public static SnowflakeType time(Family family, int fraction) {
        return new SnowflakeType(family, fraction, 0);
    }

    public boolean isSemiStructured() {
        return SEMI_STRUCTURED.contains(family);
    }

    /** The H2 type that holds it. */
    public String h2() {
        return switch (family) {
            case NUMBER -> "NUMERIC(" + precision + ", " + scale + ")";
            case FLOAT -> "DOUBLE PRECISION";
            case VARCHAR -> "VARCHAR(" + precision + ")";
            case BOOLEAN -> "BOOLEAN";
            case BINARY -> "VARBINARY(" + precision + ")";
            case DATE -> "DATE";
            case TIME -> "TIME(" + precision + ")";
            case TIMESTAMP_NTZ -> "TIMESTAMP(" + precision + ")";
            case TIMESTAMP_LTZ, TIMESTAMP_TZ -> "TIMESTAMP(" + precision + ") WITH TIME ZONE";
            case VARIANT, OBJECT, ARRAY -> "JSON";
        };
    }

    /** Its name in the driver's protocol. */
    public String wireName() {
        return switch (family) {
            case NUMBER -> "fixed";
            case FLOAT -> "real";
            case VARCHAR -> "text";
            default -> family.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** As DESCRIBE TABLE writes it. */
    @Override
    public String toString() {
        return switch (family) {
            case NUMBER -> "NUMBER(" + precision + "," + scale + ")";
            case VARCHAR, BINARY, TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> family + "(" + precision + ")";
            default -> family.name();
        };
    }
}
