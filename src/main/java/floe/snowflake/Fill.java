package floe.snowflake;

import floe.change.Column;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What MySQL puts into the rows that are there when a column is added: no event tells of these rows.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html">Data Type Default Values</a>
 */
final class Fill {

    /** MySQL writes the default of a BIT(1) so. */
    private static final String ONE = "b'1'";

    private static final Pattern DATE =
            Pattern.compile("[1-9]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])( [\\d:.]+)?");

    private Fill() {}

    /** The value as an event would have it; null where it is NULL, or not a constant that Snowflake reads as MySQL does. */
    static String of(Column column, ColumnType type) {
        if (column.generated() || column.expression()) {
            return null;
        }
        String given = column.defaultValue();
        if (given == null && column.nullable()) {
            return null;
        }
        return switch (type.ddl()) {
            case "VARCHAR" -> given != null ? given : text(column);
            case "BOOLEAN" -> String.valueOf(ONE.equals(given));
            case "DATE", "TIMESTAMP_NTZ(9)" ->
                given != null && DATE.matcher(given).matches() ? given : null;
            case "TIMESTAMP_TZ(9)", "BINARY", "VARIANT" -> null;
            default -> given != null ? number(given) : "0";
        };
    }

    /** Without a default, that of the type: of an ENUM its first member. */
    private static String text(Column column) {
        return switch (column.type()) {
            case "char", "varchar", "set" -> "";
            case "enum" -> column.members().isEmpty() ? null : column.members().get(0);
            case "time" -> "00:00:00";
            case "decimal" -> "0";
            default -> column.type().endsWith("text") ? "" : null;
        };
    }

    private static String number(String given) {
        try {
            return new BigDecimal(given).toPlainString();
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
