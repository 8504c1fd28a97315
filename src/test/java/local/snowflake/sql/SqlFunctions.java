package local.snowflake.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import local.snowflake.values.CastFunctions;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.SnowflakeType.Family;
import local.snowflake.values.TryFunctions;

/** The Snowflake functions the stand-in knows, and how H2 spells them. Any other is unknown. */
final class SqlFunctions {

    /** Those that both spell alike and mean alike. */
    private static final Set<String> ALIKE = Set.of(
            "ABS",
            "ASCII",
            "AVG",
            "CEIL",
            "COALESCE",
            "COUNT",
            "DECODE",
            "DENSE_RANK",
            "EXP",
            "FIRST_VALUE",
            "FLOOR",
            "GREATEST",
            "LAG",
            "LAST_VALUE",
            "LEAD",
            "LEAST",
            "LEFT",
            "LISTAGG",
            "LN",
            "LOWER",
            "LPAD",
            "LTRIM",
            "MAX",
            "MIN",
            "MOD",
            "NULLIF",
            "POWER",
            "RANK",
            "REPEAT",
            "REPLACE",
            "RIGHT",
            "ROUND",
            "ROW_NUMBER",
            "RPAD",
            "RTRIM",
            "SIGN",
            "SQRT",
            "SUBSTRING",
            "SUM",
            "TRIM",
            "UPPER");

    /** Those that give a VARIANT: Snowflake refuses them in the VALUES of an INSERT. */
    private static final Set<String> SEMI_STRUCTURED = Set.of(
            "PARSE_JSON",
            "TRY_PARSE_JSON",
            "TO_VARIANT",
            "OBJECT_CONSTRUCT",
            "OBJECT_CONSTRUCT_KEEP_NULL",
            "ARRAY_CONSTRUCT",
            "GET",
            "GET_PATH");

    private static final Map<String, Function<List<String>, String>> OTHERS = others();

    private SqlFunctions() {}

    private static Map<String, Function<List<String>, String>> others() {
        Map<String, Function<List<String>, String>> h2 = new HashMap<>();
        h2.put("NVL", to("COALESCE"));
        h2.put("IFNULL", to("COALESCE"));
        h2.put("LENGTH", to("CHAR_LENGTH"));
        h2.put("LEN", to("CHAR_LENGTH"));
        h2.put("SUBSTR", to("SUBSTRING"));
        h2.put("CONCAT", arguments -> "(" + String.join(" || ", arguments) + ")");
        h2.put("IFF", arguments -> exactly(3, arguments, "CASE WHEN %s THEN %s ELSE %s END"));
        h2.put("ZEROIFNULL", arguments -> exactly(1, arguments, "COALESCE(%s, 0)"));
        h2.put("NVL2", arguments -> exactly(3, arguments, "CASE WHEN %s IS NOT NULL THEN %s ELSE %s END"));
        h2.put("EQUAL_NULL", arguments -> exactly(2, arguments, "(%s IS NOT DISTINCT FROM %s)"));
        h2.put("CURRENT_TIMESTAMP", arguments -> "CURRENT_TIMESTAMP(9)");
        h2.put("GETDATE", arguments -> "CURRENT_TIMESTAMP(9)");
        h2.put("SYSDATE", arguments -> "LOCALTIMESTAMP(9)");
        h2.put("CURRENT_DATE", arguments -> "CURRENT_DATE");
        h2.put("CURRENT_TIME", arguments -> "LOCALTIME(9)");
        h2.put(
                "DATEDIFF",
                arguments -> arguments.get(0).equals(ObjectName.literal("second"))
                        ? exactly(3, arguments, "DATEDIFF(SECOND, %2$s, %3$s)")
                        : null);
        h2.put(
                "DATE_PART",
                arguments -> arguments.get(0).equals(ObjectName.literal("epoch_nanosecond"))
                        ? exactly(2, arguments, "CAST(EXTRACT(EPOCH FROM %2$s) * 1000000000 AS NUMERIC(38, 0))")
                        : null);
        h2.put("UUID_STRING", arguments -> "CAST(RANDOM_UUID() AS VARCHAR)");
        h2.put("PARSE_JSON", arguments -> json("SF_PARSE_JSON", arguments));
        h2.put("OBJECT_CONSTRUCT", arguments -> json("SF_OBJECT", arguments));
        h2.put("OBJECT_CONSTRUCT_KEEP_NULL", arguments -> json("SF_OBJECT_KEEP_NULL", arguments));
        h2.put("ARRAY_CONSTRUCT", arguments -> json("SF_ARRAY", arguments));
        h2.put("GET", arguments -> json("SF_PATH", arguments));
        h2.put("ARRAY_SIZE", to("SF_ARRAY_SIZE"));
        h2.put("TYPEOF", to("SF_TYPEOF"));
        h2.put("IS_NULL_VALUE", to("SF_IS_NULL_VALUE"));
        h2.put("BASE64_ENCODE", to("SF_BASE64"));
        h2.put("HEX_ENCODE", to("SF_HEX"));
        h2.put("HEX_DECODE_STRING", to("SF_HEX_TEXT"));
        h2.put("REGEXP_LIKE", to("SF_REGEXP_LIKE"));
        h2.put("SPLIT_PART", to("SF_SPLIT_PART"));
        h2.put("SPLIT", arguments -> json("SF_SPLIT", arguments));
        h2.put("TO_JSON", cast(SnowflakeType.VARCHAR));
        h2.put("TO_VARCHAR", cast(SnowflakeType.VARCHAR));
        h2.put("TO_CHAR", cast(SnowflakeType.VARCHAR));
        h2.put("TO_DOUBLE", cast(SnowflakeType.FLOAT));
        h2.put("TO_BOOLEAN", cast(SnowflakeType.BOOLEAN));
        h2.put("TO_DATE", read(SnowflakeType.DATE));
        h2.put("TO_TIME", read(SnowflakeType.time(Family.TIME, 9)));
        h2.put("TO_TIMESTAMP", read(SnowflakeType.time(Family.TIMESTAMP_NTZ, 9)));
        h2.put("TO_TIMESTAMP_NTZ", read(SnowflakeType.time(Family.TIMESTAMP_NTZ, 9)));
        h2.put("TO_TIMESTAMP_LTZ", read(SnowflakeType.time(Family.TIMESTAMP_LTZ, 9)));
        h2.put("TO_TIMESTAMP_TZ", read(SnowflakeType.time(Family.TIMESTAMP_TZ, 9)));
        h2.put("TO_VARIANT", cast(SnowflakeType.VARIANT));
        h2.put(
                "TO_BINARY",
                arguments -> arguments.size() == 2
                        ? "SF_BINARY(" + String.join(", ", arguments) + ")"
                        : cast(SnowflakeType.BINARY).apply(arguments));
        h2.put("AS_DOUBLE", arguments -> exactly(1, arguments, "SF_AS_DOUBLE(%s)"));
        h2.put("TRY_PARSE_JSON", arguments -> json("SF_TRY_PARSE_JSON", arguments));
        h2.put("TRY_TO_DOUBLE", arguments -> exactly(1, arguments, "SF_TRY_TO_FLOAT(%s)"));
        h2.put("TRY_TO_BOOLEAN", arguments -> exactly(1, arguments, "SF_TRY_TO_BOOLEAN(%s)"));
        h2.put("TRY_TO_BINARY", arguments -> exactly(2, arguments, "SF_TRY_TO_BINARY(%s, %s)"));
        h2.put("TRY_TO_DATE", tried(SnowflakeType.DATE));
        h2.put("TRY_TO_TIMESTAMP_NTZ", tried(SnowflakeType.time(Family.TIMESTAMP_NTZ, 9)));
        h2.put("TRY_TO_TIMESTAMP_LTZ", tried(SnowflakeType.time(Family.TIMESTAMP_LTZ, 9)));
        h2.put("TRY_TO_TIMESTAMP_TZ", tried(SnowflakeType.time(Family.TIMESTAMP_TZ, 9)));
        h2.put("TRY_TO_NUMBER", arguments -> number(arguments, TryFunctions::h2));
        h2.put("TO_NUMBER", SqlFunctions::number);
        h2.put("TO_DECIMAL", SqlFunctions::number);
        h2.put("TO_NUMERIC", SqlFunctions::number);
        return Map.copyOf(h2);
    }

    /** The H2 expression for a call of {@code name}. */
    static String h2(String name, List<String> arguments, Surroundings session) throws SnowflakeError {
        if (ALIKE.contains(name)) {
            return name + "(" + String.join(", ", arguments) + ")";
        }
        Function<List<String>, String> other = OTHERS.get(name);
        if (other != null) {
            String h2 = other.apply(arguments);
            if (h2 == null) {
                throw SnowflakeError.wrongArguments(name, String.join(", ", arguments));
            }
            return h2;
        }
        String fact = session.fact(name);
        if (fact == null || !arguments.isEmpty()) {
            throw SnowflakeError.unknownFunction(name);
        }
        return ObjectName.literal(fact);
    }

    static boolean givesVariant(String name) {
        return SEMI_STRUCTURED.contains(name);
    }

    /** Whether {@code name} is called without parentheses, too. */
    static boolean needsNoParentheses(String name) {
        return name.equals("CURRENT_TIMESTAMP") || name.equals("CURRENT_DATE") || name.equals("CURRENT_TIME");
    }

    private static Function<List<String>, String> to(String function) {
        return arguments -> function + "(" + String.join(", ", arguments) + ")";
    }

    private static Function<List<String>, String> cast(SnowflakeType type) {
        return arguments -> arguments.size() == 1 ? CastFunctions.h2(arguments.get(0), type) : null;
    }

    /** Text in the format AUTO, the only one that the stand-in knows. */
    private static Function<List<String>, String> read(SnowflakeType type) {
        return arguments -> arguments.size() == 2 && arguments.get(1).equals(ObjectName.literal("AUTO"))
                ? CastFunctions.h2(arguments.get(0), type)
                : cast(type).apply(arguments);
    }

    private static Function<List<String>, String> tried(SnowflakeType type) {
        return arguments -> arguments.size() == 2 && arguments.get(1).equals(ObjectName.literal("AUTO"))
                ? TryFunctions.h2(arguments.get(0), type)
                : null;
    }

    private static String number(List<String> arguments) {
        return number(arguments, CastFunctions::h2);
    }

    private static String number(List<String> arguments, BiFunction<String, SnowflakeType, String> form) {
        try {
            int precision = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : SnowflakeType.MAX_PRECISION;
            int scale = arguments.size() > 2 ? Integer.parseInt(arguments.get(2)) : 0;
            return form.apply(arguments.get(0), SnowflakeType.number(precision, scale));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String json(String function, List<String> arguments) {
        return "(" + function + "(" + String.join(", ", arguments) + ") FORMAT JSON)";
    }

    private static String exactly(int count, List<String> arguments, String form) {
        return arguments.size() == count ? String.format(form, arguments.toArray()) : null;
    }
}
