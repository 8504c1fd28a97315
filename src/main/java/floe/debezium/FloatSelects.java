package floe.debezium;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
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
    static Map<String, String> properties(Map<TableId, TableShape> tables) {
        Map<String, String> properties = new LinkedHashMap<>();
        tables.forEach((table, shape) -> {
            if (shape.columns().stream().anyMatch(FloatSelects::isFloat)) {
                properties.merge(OVERRIDES, table.toString(), (names, name) -> names + "," + name);
                properties.put(OVERRIDES + "." + table, select(table, shape));
            }
        });
        return properties;
    }

    private static String select(TableId table, TableShape shape) {
        return shape.columns().stream()
                .map(column -> isFloat(column)
                        ? quoted(column.name()) + " + 0e0 AS " + quoted(column.name())
                        : quoted(column.name()))
                .collect(Collectors.joining(
                        ", ", "SELECT ", " FROM " + quoted(table.schema()) + "." + quoted(table.table())));
    }

    private static boolean isFloat(Column column) {
        return column.type().equals("float");
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
