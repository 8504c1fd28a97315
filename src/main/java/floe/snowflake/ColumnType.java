package floe.snowflake;

import floe.change.Column;
import java.util.Locale;
import java.util.Set;

/**
 * The Snowflake type of a column, and how a value of it is taken out of an event's JSON.
 *
 * @param ddl the type as a column definition writes it
 */
record ColumnType(String ddl, Reading reading) {

    /** Snowflake's NUMBER has at most 38 digits. */
    private static final int MOST_DIGITS = 38;

    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

    private enum Reading {
        CAST,
        DATE,
        BASE64,
        JSON
    }

    /** The type for {@code column}; types that Floe does not know, such as geometry, are kept as text. */
    static ColumnType of(Column column) {
        String type = column.type().toLowerCase(Locale.ROOT);
        if (INTEGERS.contains(type)) {
            return cast(type.equals("bigint") && column.unsigned() ? "NUMBER(20,0)" : "NUMBER(38,0)");
        }
        if (BYTES.contains(type)) {
            return new ColumnType("BINARY", Reading.BASE64);
        }
        return switch (type) {
            case "decimal", "numeric" -> decimal(column);
            case "float", "double", "real" -> cast("FLOAT");
            case "bit" ->
                orElse(column.precision(), 1) == 1 ? cast("BOOLEAN") : new ColumnType("BINARY", Reading.BASE64);
            case "year" -> cast("NUMBER(4,0)");
            case "date" -> new ColumnType("DATE", Reading.DATE);
            case "datetime" -> time("TIMESTAMP_NTZ", column);
            case "timestamp" -> time("TIMESTAMP_TZ", column);
            case "json" -> new ColumnType("VARIANT", Reading.JSON);
            default -> cast("VARCHAR");
        };
    }

    /** The SQL that reads the value of {@code column} out of the row of the change that {@code c} holds. */
    String valueOf(String column) {
        String value = "c.value['row'][" + Quote.text(column) + "]";
        return switch (reading) {
            case CAST -> value + "::" + ddl;
            case DATE -> date(value + "::VARCHAR");
            case BASE64 -> "TO_BINARY(" + value + "::VARCHAR, 'BASE64')";
            case JSON -> "PARSE_JSON(" + value + "::VARCHAR)";
        };
    }

    /** AUTO is what an account's DATE_INPUT_FORMAT and TIMESTAMP_INPUT_FORMAT are unless someone sets them. */
    private String date(String text) {
        int fraction = ddl.indexOf('(');
        return fraction < 0
                ? "TO_" + ddl + "(" + text + ", 'AUTO')"
                : "TO_" + ddl.substring(0, fraction) + "(" + text + ", 'AUTO')::" + ddl;
    }

    /** Whether it holds dates, with or without a time. */
    boolean isDate() {
        return reading == Reading.DATE;
    }

    private static ColumnType cast(String ddl) {
        return new ColumnType(ddl, Reading.CAST);
    }

    private static ColumnType decimal(Column column) {
        int precision = orElse(column.precision(), 10);
        return cast(
                precision <= MOST_DIGITS ? "NUMBER(" + precision + "," + orElse(column.scale(), 0) + ")" : "VARCHAR");
    }

    private static ColumnType time(String type, Column column) {
        return new ColumnType(type + "(" + orElse(column.fraction(), 0) + ")", Reading.DATE);
    }

    private static int orElse(Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }
}
