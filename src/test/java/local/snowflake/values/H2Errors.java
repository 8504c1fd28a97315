package local.snowflake.values;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;

/** Turns H2's errors into those Snowflake would give. */
public final class H2Errors {

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"");
    private static final Pattern SYNTAX = Pattern.compile("\\[\\*](\\S*)");
    private static final Pattern TOO_LONG = Pattern.compile(": \"'?(.*?)'? \\(\\d+\\)\"", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("for column \"\"?(?:\"\")?([^\"\\s]+)");

    private H2Errors() {}

    public static SnowflakeError of(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SnowflakeError same) {
                return same;
            }
        }
        String message = told(error);
        return switch (error.getErrorCode()) {
            case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1 ->
                SnowflakeError.unknownObject("Object", first(QUOTED, message));
            case ErrorCode.SCHEMA_NOT_FOUND_1 -> SnowflakeError.unknownObject("Schema", first(QUOTED, message));
            case ErrorCode.COLUMN_NOT_FOUND_1, ErrorCode.AMBIGUOUS_COLUMN_NAME_1 ->
                SnowflakeError.invalidIdentifier(first(QUOTED, message));
            case ErrorCode.SYNTAX_ERROR_1, ErrorCode.SYNTAX_ERROR_2 -> SnowflakeError.syntax(first(SYNTAX, message));
            case ErrorCode.FUNCTION_NOT_FOUND_1 -> SnowflakeError.unknownFunction(first(QUOTED, message));
            case ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1,
                    ErrorCode.SCHEMA_ALREADY_EXISTS_1,
                    ErrorCode.DUPLICATE_COLUMN_NAME_1 -> SnowflakeError.objectExists(first(QUOTED, message));
            case ErrorCode.NULL_NOT_ALLOWED ->
                new SnowflakeError(100072, "22000", "NULL result in a non-nullable column");
            case ErrorCode.VALUE_TOO_LONG_2 -> tooLong(message);
            case ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_1, ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_2 ->
                SnowflakeError.numberOutOfRange("FIXED", first(QUOTED, message));
            case ErrorCode.DATA_CONVERSION_ERROR_1 -> SnowflakeError.notNumeric(literal(message));
            case ErrorCode.INVALID_DATETIME_CONSTANT_2 ->
                message.contains("\"DATE\"")
                        ? SnowflakeError.notDate(last(message))
                        : SnowflakeError.notTimestamp(last(message));
            case ErrorCode.DIVISION_BY_ZERO_1 -> new SnowflakeError(100051, "22012", "Division by zero");
            case ErrorCode.STATEMENT_WAS_CANCELED -> SnowflakeError.cancelled();
            case ErrorCode.LOCK_TIMEOUT_1, ErrorCode.DEADLOCK_1, ErrorCode.CONCURRENT_UPDATE_1 ->
                new SnowflakeError(
                        625,
                        "57014",
                        "Statement has locked a table in a transaction and this lock has not yet been released. Your"
                                + " statement was aborted because it waited too long.");
            case ErrorCode.DUPLICATE_KEY_1 ->
                new SnowflakeError(100090, "42P18", "Duplicate row detected during DML action");
            default -> SnowflakeError.notImitated(message);
        };
    }

    /** What H2 says, without the statement it says it about. */
    private static String told(SQLException error) {
        String message = String.valueOf(error.getMessage());
        int statement = message.indexOf("; SQL statement:");
        return statement < 0 ? message : message.substring(0, statement);
    }

    private static SnowflakeError tooLong(String message) {
        String value = first(TOO_LONG, message);
        if (message.contains("NUMERIC(")) {
            return SnowflakeError.numberOutOfRange("FIXED", value.replaceAll("CAST\\((.*) AS .*", "$1"));
        }
        SnowflakeError cause = SnowflakeError.tooLong(value);
        return new SnowflakeError(
                cause.getErrorCode(),
                cause.getSQLState(),
                "DML operation to table failed on column " + first(COLUMN, message) + " with error: "
                        + cause.getMessage());
    }

    private static String literal(String message) {
        Matcher literal =
                Pattern.compile("\"'?(.*?)'?(?: \\(.*)?\"", Pattern.DOTALL).matcher(message);
        return literal.find() ? literal.group(1) : message;
    }

    private static String first(Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? found.group(1).replace("\"\"", "\"") : message;
    }

    private static String last(String message) {
        Matcher quoted = QUOTED.matcher(message);
        String last = message;
        for (int i = 0; i < 2 && quoted.find(); i++) {
            last = quoted.group(1);
        }
        return last;
    }
}
