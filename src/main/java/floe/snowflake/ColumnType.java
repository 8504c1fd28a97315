package floe.snowflake;

import floe.change.Column;
import java.util.Locale;
import java.util.Set;

/**
 * The Snowflake type of a column: the widest of its family, as Snowflake changes few types, and MySQL most.
 *
 * @param ddl the type as a column definition writes it
 */
record ColumnType(String ddl) {

    /** Snowflake's NUMBER has at most 38 digits. */
    private static final int MOST_DIGITS = 38;

    private static final Set<String> INTEGERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint", "year");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

    /** The type for {@code column}; types that Floe does not know, such as geometry, are kept as text. */
    static ColumnType of(Column column) {
        return new ColumnType(ddl(column));
    }

    private static String ddl(Column column) {
        String type = column.type().toLowerCase(Locale.ROOT);
        if (INTEGERS.contains(type)) {
            return "NUMBER(38,0)";
        }
        if (BYTES.contains(type)) {
            return "BINARY";
        }
        return switch (type) {
            case "decimal", "numeric" -> decimal(column);
            case "float", "double", "real" -> "FLOAT";
            case "bit" -> orElse(column.precision(), 1) == 1 ? "BOOLEAN" : "BINARY";
            case "date" -> "DATE";
            case "datetime" -> "TIMESTAMP_NTZ(9)";
            case "timestamp" -> "TIMESTAMP_TZ(9)";
            case "json" -> "VARIANT";
            default -> "VARCHAR";
        };
    }

    private static String decimal(Column column) {
        boolean fits = orElse(column.precision(), 10) <= MOST_DIGITS;
        return fits ? "NUMBER(38," + orElse(column.scale(), 0) + ")" : "VARCHAR";
    }

    private static int orElse(Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }
}
