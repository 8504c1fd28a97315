package local.snowflake.values;

import java.sql.SQLException;

/**
 * A refusal as Snowflake words it. The codes and states are those its drivers report (Snowflake documentation, and error
 * texts published by its users); where none was found, the method says so.
 */
public final class SnowflakeError extends SQLException {

    private static final long serialVersionUID = 1L;

    public SnowflakeError(int code, String sqlState, String message) {
        super(message, sqlState, code);
    }

    public static SnowflakeError syntax(String sql, int offset, String token) {
        return new SnowflakeError(
                1003, "42000", compilation("syntax error " + place(sql, offset) + " unexpected '" + token + "'."));
    }

    public static SnowflakeError syntax(String token) {
        return new SnowflakeError(1003, "42000", compilation("syntax error unexpected '" + token + "'."));
    }

    public static SnowflakeError notImitated(String what) {
        return new SnowflakeError(
                1003, "42000", compilation("syntax error unexpected '" + what + "' (the stand-in does not know it)."));
    }

    public static SnowflakeError unknownObject(String kind, String name) {
        return new SnowflakeError(
                2003, "42S02", compilation(kind + " '" + name + "' does not exist or not authorized."));
    }

    public static SnowflakeError objectExists(String name) {
        return new SnowflakeError(2002, "42710", compilation("Object '" + name + "' already exists."));
    }

    public static SnowflakeError invalidIdentifier(String name) {
        return new SnowflakeError(904, "42000", compilation("invalid identifier '" + name + "'"));
    }

    public static SnowflakeError unknownFunction(String name) {
        return new SnowflakeError(2140, "42601", compilation("Unknown function " + name));
    }

    /** A procedure by its whole name. */
    public static SnowflakeError unknownProcedure(String name) {
        return new SnowflakeError(2141, "42601", compilation("Unknown user-defined function " + name));
    }

    public static SnowflakeError wrongArguments(String name, String types) {
        return new SnowflakeError(
                1044, "42P13", compilation("Invalid argument types for function '" + name + "': (" + types + ")"));
    }

    public static SnowflakeError notInValues(String expression) {
        return new SnowflakeError(
                2014, "22000", compilation("Invalid expression [" + expression + "] in VALUES clause"));
    }

    static SnowflakeError wrongType(String value, String type) {
        return new SnowflakeError(1007, "22023", compilation("invalid type [CAST(" + value + " AS " + type + ")]"));
    }

    public static SnowflakeError noDatabase() {
        return new SnowflakeError(
                90105,
                "22000",
                "Cannot perform operation. This session does not have a current database. Call 'USE DATABASE', or use"
                        + " a qualified name.");
    }

    public static SnowflakeError severalStatements(int count) {
        return new SnowflakeError(
                8, "0A000", "Actual statement count " + count + " did not match the desired statement count 1.");
    }

    static SnowflakeError notNumeric(String text) {
        return new SnowflakeError(100038, "22018", "Numeric value '" + text + "' is not recognized");
    }

    public static SnowflakeError textOutOfRange(String text) {
        return new SnowflakeError(100039, "22003", "Numeric value '" + text + "' is out of range");
    }

    static SnowflakeError numberOutOfRange(String type, String value) {
        return new SnowflakeError(
                100046, "22003", "Number out of representable range: type " + type + ", value " + value);
    }

    static SnowflakeError variantCast(String json, String type) {
        return new SnowflakeError(100071, "22000", "Failed to cast variant value " + json + " to " + type);
    }

    static SnowflakeError notBoolean(String text) {
        return new SnowflakeError(100037, "22018", "Boolean value '" + text + "' is not recognized");
    }

    static SnowflakeError notDate(String text) {
        return new SnowflakeError(100040, "22007", "Date '" + text + "' is not recognized");
    }

    static SnowflakeError notTime(String text) {
        return new SnowflakeError(100108, "22007", "Time '" + text + "' is not recognized");
    }

    static SnowflakeError notTimestamp(String text) {
        return new SnowflakeError(100035, "22007", "Timestamp '" + text + "' is not recognized");
    }

    /** The text is Snowflake's; its number was not found in public, 100115 stands for it. */
    static SnowflakeError notEncoded(String encoding, String text) {
        return new SnowflakeError(
                100115, "22000", "The following string is not a legal " + encoding + "-encoded value: '" + text + "'");
    }

    static SnowflakeError notJson(String reason) {
        return new SnowflakeError(100069, "22P02", "Error parsing JSON: " + reason);
    }

    static SnowflakeError tooLong(String text) {
        return new SnowflakeError(100078, "22000", "String '" + text + "' is too long and would be truncated");
    }

    public static SnowflakeError cancelled() {
        return new SnowflakeError(604, "57014", "SQL execution canceled");
    }

    /** Snowflake's scoped transactions; the text is Snowflake's, its number was not found in public. */
    public static SnowflakeError transactionLeftOpen() {
        return new SnowflakeError(
                90232,
                "22000",
                "Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it"
                        + " was rolled back.");
    }

    /** Snowflake's scoped transactions; its text and its number. */
    public static SnowflakeError transactionOfCaller() {
        return new SnowflakeError(
                90229,
                "22000",
                "Stored procedure execution error: Modifying a transaction that has started at a different scope is"
                        + " not allowed.");
    }

    private static String compilation(String message) {
        return "SQL compilation error:\n" + message;
    }

    /** Where {@code offset} is, as Snowflake counts: lines from 1, positions from 0. */
    public static String place(String sql, int offset) {
        String before = sql.substring(0, offset);
        long line = before.chars().filter(letter -> letter == '\n').count() + 1;
        return "line " + line + " at position " + (offset - (before.lastIndexOf('\n') + 1));
    }
}
