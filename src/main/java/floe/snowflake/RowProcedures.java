package floe.snowflake;

import static java.util.stream.Collectors.joining;

import floe.change.TableId;
import floe.change.TableShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The procedures of a mirrored table that take one change a call, with a text for each column. */
final class RowProcedures {

    private static final Script ROWS = new Script("rows.sql");

    private static final Pattern NOT_IN_NAMES = Pattern.compile("\\W");

    private RowProcedures() {}

    /**
     * The statements that create them, once the table's apply procedure is there.
     *
     * @throws WrongTable if the source cannot be mirrored
     */
    static List<String> statements(TableId source, TableShape shape, SnowflakeName table) {
        List<TargetColumn> columns = TargetColumn.of(source, shape);
        List<TargetColumn> key = columns.stream().filter(TargetColumn::isKey).toList();
        Map<String, String> names = names(columns);
        Function<TargetColumn, String> before = column -> ":BEFORE_" + names.get(column.name());
        Function<TargetColumn, String> after = column -> ":AFTER_" + names.get(column.name());
        Map<String, String> values = new HashMap<>();
        values.put("table", table.name());
        values.put("apply_procedure", table.applyProcedure().quoted());
        values.put("insert_procedure", table.beside("INSERT_" + table.name()).quoted());
        values.put("update_procedure", table.beside("UPDATE_" + table.name()).quoted());
        values.put("delete_procedure", table.beside("DELETE_" + table.name()).quoted());
        values.put(
                "truncate_procedure", table.beside("TRUNCATE_" + table.name()).quoted());
        values.put(
                "snapshot_procedure", table.beside("SNAPSHOT_" + table.name()).quoted());
        values.put("before_key_arguments", listed(key, column -> "BEFORE_" + names.get(column.name()) + " VARCHAR"));
        values.put("after_arguments", listed(columns, column -> "AFTER_" + names.get(column.name()) + " VARCHAR"));
        values.put("before_key_values", listed(key, column -> Quote.text(column.name()) + ", " + before.apply(column)));
        values.put("after_values", listed(columns, column -> Quote.text(column.name()) + ", " + after.apply(column)));
        values.put(
                "is_same_key",
                key.stream()
                        .map(column -> "EQUAL_NULL(" + before.apply(column) + ", " + after.apply(column) + ")")
                        .collect(joining(" AND ")));
        return ROWS.statements(values);
    }

    /** The columns' names as arguments may have them: without quotes, which the names of variables cannot bear. */
    private static Map<String, String> names(List<TargetColumn> columns) {
        Map<String, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (TargetColumn column : columns) {
            StringBuilder name =
                    new StringBuilder(NOT_IN_NAMES.matcher(column.name()).replaceAll("_"));
            while (!taken.add(name.toString())) {
                name.append('_');
            }
            names.put(column.name(), name.toString());
        }
        return names;
    }

    private static String listed(List<TargetColumn> columns, Function<TargetColumn, String> as) {
        return columns.stream().map(as).collect(joining(", "));
    }
}
