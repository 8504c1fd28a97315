package local.snowflake.values;

import java.util.Set;
import local.snowflake.sql.Token.Kind;
import local.snowflake.sql.Tokens;

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
    static final int MAX_VARCHAR = 16_777_216;
    static final int MAX_BINARY = 8_388_608;
    static final int MAX_FRACTION = 9;

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

    /** Reads a type as written in SQL, synonyms included. */
    public static SnowflakeType read(Tokens tokens) throws SnowflakeError {
        if (tokens.peek().kind() != Kind.WORD) {
            throw tokens.unexpected();
        }
        String name = tokens.peek().text();
        return switch (name) {
            case "NUMBER", "DECIMAL", "NUMERIC", "DEC" -> {
                tokens.next();
                int precision = MAX_PRECISION;
                int scale = 0;
                if (tokens.take("(")) {
                    precision = tokens.number();
                    scale = tokens.take(",") ? tokens.number() : 0;
                    tokens.expect(")");
                }
                if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
                    throw new SnowflakeError(
                            2010,
                            "42601",
                            "SQL compilation error:\nInvalid precision " + precision + " or scale " + scale);
                }
                yield number(precision, scale);
            }
            case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" -> plain(tokens, NUMBER);
            case "FLOAT", "FLOAT4", "FLOAT8", "REAL" -> plain(tokens, FLOAT);
            case "DOUBLE" -> {
                tokens.next();
                tokens.take("PRECISION");
                yield FLOAT;
            }
            case "VARCHAR", "STRING", "TEXT" -> sized(tokens, Family.VARCHAR, MAX_VARCHAR);
            case "CHAR", "CHARACTER" -> sized(tokens, Family.VARCHAR, 1);
            case "BINARY", "VARBINARY" -> sized(tokens, Family.BINARY, MAX_BINARY);
            case "BOOLEAN" -> plain(tokens, BOOLEAN);
            case "DATE" -> plain(tokens, DATE);
            case "TIME" -> sized(tokens, Family.TIME, MAX_FRACTION);
            case "TIMESTAMP", "DATETIME", "TIMESTAMP_NTZ", "TIMESTAMPNTZ" ->
                sized(tokens, Family.TIMESTAMP_NTZ, MAX_FRACTION);
            case "TIMESTAMP_LTZ", "TIMESTAMPLTZ" -> sized(tokens, Family.TIMESTAMP_LTZ, MAX_FRACTION);
            case "TIMESTAMP_TZ", "TIMESTAMPTZ" -> sized(tokens, Family.TIMESTAMP_TZ, MAX_FRACTION);
            case "VARIANT", "OBJECT", "ARRAY" -> plain(tokens, new SnowflakeType(Family.valueOf(name), 0, 0));
            default ->
                throw new SnowflakeError(
                        2040,
                        "42601",
                        "SQL compilation error:\nUnsupported data type '"
                                + tokens.peek().written() + "'.");
        };
    }

    /** Reads a type from its own {@link #toString()}. */
    public static SnowflakeType parse(String text) throws SnowflakeError {
        return read(Tokens.of(text));
    }

    private static SnowflakeType plain(Tokens tokens, SnowflakeType type) {
        tokens.next();
        return type;
    }

    private static SnowflakeType sized(Tokens tokens, Family family, int size) throws SnowflakeError {
        tokens.next();
        int given = size;
        if (tokens.take("(")) {
            given = tokens.number();
            tokens.expect(")");
        }
        return new SnowflakeType(family, given, 0);
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
