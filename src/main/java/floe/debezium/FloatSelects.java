package floe.debezium;

import floe.mysql.SourceColumn;
import floe.mysql.SourceTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How snapshots read tables with FLOAT columns. MySQL prints a FLOAT with six digits, so it is asked for the same number
 * as a DOUBLE, which it prints exactly.
 *
 * <p>The binary protocol ({@code useCursorFetch}) is no way out: Debezium 3.4 reads negative and fractional TIME values
 * wrongly from it, and zero dates as 1970.
 */
final class FloatSelects {

    private static final String OVERRIDES = "snapshot.select.statement.overrides";

    private FloatSelects() {}

    /** Debezium's properties that replace its SELECT for each of {@code tables} that has a FLOAT; empty if none has. */
    static Map<String, String> properties(Collection<SourceTable> tables) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (SourceTable table : tables) {
            if (table.columns().stream().anyMatch(FloatSelects::isFloat)) {
                properties.merge(OVERRIDES, table.id().toString(), (names, name) -> names + "," + name);
                properties.put(OVERRIDES + "." + table.id(), select(table));
            }
        }
        return properties;
    }

    private static String select(SourceTable table) {
        return table.columns().stream()
                .map(column -> isFloat(column)
                        ? quoted(column.name()) + " + 0e0 AS " + quoted(column.name())
                        : quoted(column.name()))
                .collect(Collectors.joining(
                        ", ",
                        "SELECT ",
                        " FROM " + quoted(table.id().schema()) + "."
                                + quoted(table.id().table())));
    }

    private static boolean isFloat(SourceColumn column) {
        return "float".equalsIgnoreCase(column.dataType());
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
