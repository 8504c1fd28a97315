package local.snowflake.sql;

import local.snowflake.sql.Token.Kind;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.SnowflakeType.Family;

/** Reads data types as SQL writes them. */
public final class TypeReader {

    private TypeReader() {}

    /** Reads a type as written in SQL, synonyms included. */
    public static SnowflakeType read(Tokens tokens) throws SnowflakeError {
        if (tokens.peek().kind() != Kind.WORD) {
            throw tokens.unexpected();
        }
        String name = tokens.peek().text();
        return switch (name) {
            case "NUMBER", "DECIMAL", "NUMERIC", "DEC" -> {
                tokens.next();
                int precision = SnowflakeType.MAX_PRECISION;
                int scale = 0;
                if (tokens.take("(")) {
                    precision = tokens.number();
                    scale = tokens.take(",") ? tokens.number() : 0;
                    tokens.expect(")");
                }
                if (precision < 1 || precision > SnowflakeType.MAX_PRECISION || scale > precision) {
                    throw new SnowflakeError(
                            2010,
                            "42601",
                            "SQL compilation error:\nInvalid precision " + precision + " or scale " + scale);
                }
                yield SnowflakeType.number(precision, scale);
            }
            case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" -> plain(tokens, SnowflakeType.NUMBER);
            case "FLOAT", "FLOAT4", "FLOAT8", "REAL" -> plain(tokens, SnowflakeType.FLOAT);
            case "DOUBLE" -> {
                tokens.next();
                tokens.take("PRECISION");
                yield SnowflakeType.FLOAT;
            }
            case "VARCHAR", "STRING", "TEXT" -> sized(tokens, Family.VARCHAR, SnowflakeType.MAX_VARCHAR);
            case "CHAR", "CHARACTER" -> sized(tokens, Family.VARCHAR, 1);
            case "BINARY", "VARBINARY" -> sized(tokens, Family.BINARY, SnowflakeType.MAX_BINARY);
            case "BOOLEAN" -> plain(tokens, SnowflakeType.BOOLEAN);
            case "DATE" -> plain(tokens, SnowflakeType.DATE);
            case "TIME" -> sized(tokens, Family.TIME, SnowflakeType.MAX_FRACTION);
            case "TIMESTAMP", "DATETIME", "TIMESTAMP_NTZ", "TIMESTAMPNTZ" ->
                sized(tokens, Family.TIMESTAMP_NTZ, SnowflakeType.MAX_FRACTION);
            case "TIMESTAMP_LTZ", "TIMESTAMPLTZ" -> sized(tokens, Family.TIMESTAMP_LTZ, SnowflakeType.MAX_FRACTION);
            case "TIMESTAMP_TZ", "TIMESTAMPTZ" -> sized(tokens, Family.TIMESTAMP_TZ, SnowflakeType.MAX_FRACTION);
            case "VARIANT", "OBJECT", "ARRAY" -> plain(tokens, new SnowflakeType(Family.valueOf(name), 0, 0));
            default ->
                throw new SnowflakeError(
                        2040,
                        "42601",
                        "SQL compilation error:\nUnsupported data type '"
                                + tokens.peek().written() + "'.");
        };
    }

    /** Reads a type from its own {@link SnowflakeType#toString()}. */
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
}
