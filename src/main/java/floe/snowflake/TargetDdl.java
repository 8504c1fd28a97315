package floe.snowflake;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The statements that make a Snowflake table the mirror of a MySQL table: the table, its tombstones, its procedures. */
final class TargetDdl {

    private static final Script SCHEMA = new Script("schema.sql");
    private static final Script TABLE = new Script("table.sql");
    private static final Script APPLY = new Script("apply.sql");
    private static final Script PURGE = new Script("purge.sql");
    private static final Script COLUMNS = new Script("columns.sql");

    /** Beside its columns, the whole row of a change, to tell the columns that it does not name. */
    private static final String ROW = ",\n                c.value['row'] AS _ROW";

    private TargetDdl() {}

    /**
     * The statements, each of which may be repeated.
     *
     * @throws WrongTable if the source has no key, or columns that Snowflake cannot tell apart
     */
    static List<String> statements(TableId source, TableShape shape, SnowflakeName table) {
        Map<String, String> values = values(source, shape, table);
        List<String> statements = new ArrayList<>(SCHEMA.statements(values));
        statements.addAll(TABLE.statements(values));
        statements.addAll(APPLY.statements(values));
        statements.addAll(PURGE.statements(values));
        TargetColumn.of(source, shape).stream()
                .filter(column -> !column.isKey())
                .forEach(column -> statements.add(column.addedTo(table)));
        statements.addAll(COLUMNS.statements(values));
        return statements;
    }

    private static Map<String, String> values(TableId source, TableShape shape, SnowflakeName table) {
        List<TargetColumn> columns = TargetColumn.of(source, shape);
        List<TargetColumn> key = columns.stream().filter(TargetColumn::isKey).toList();
        List<TargetColumn> others =
                columns.stream().filter(column -> !column.isKey()).toList();
        if (table.quoted().contains("$$")) {
            throw new WrongTable(source + " cannot be mirrored as " + table
                    + ": a procedure's body cannot hold a name with $$ in it; name another target in load.tables");
        }
        Map<String, String> values = new HashMap<>();
        values.put("table", table.quoted());
        values.put("tombstones", table.tombstones().quoted());
        values.put("state", table.state().quoted());
        values.put("floe_tables", table.floeTables().quoted());
        values.put("apply_procedure", table.applyProcedure().quoted());
        values.put("purge_procedure", table.purgeProcedure().quoted());
        values.put("table_name", Quote.text(table.name()));
        values.put("source", Quote.text(source.toString()));
        values.put("key_json", Quote.text(json(key)));
        values.put("columns_json", Quote.text(json(columns)));
        values.put(
                "date_columns_json",
                Quote.text(json(columns.stream()
                        .filter(column -> column.type().isDate())
                        .toList())));
        values.put("column_definitions", listed(columns, TargetColumn::definition, ",\n    "));
        values.put("key_definitions", listed(key, TargetColumn::definition, ",\n    "));
        values.put("column_values", listed(columns, TargetColumn::value, ",\n                ") + ROW);
        values.put("key_values", listed(key, TargetColumn::value, ", "));
        values.put("columns", listed(columns, TargetColumn::quoted, ", "));
        values.put("key_columns", listed(key, TargetColumn::quoted, ", "));
        values.put("c_columns", listed(columns, column -> "c." + column.quoted(), ", "));
        values.put("c_key_columns", listed(key, column -> "c." + column.quoted(), ", "));
        values.put("c_is_t", listed(key, column -> column.equalIn("c", "t"), " AND "));
        values.put("c_is_d", listed(key, column -> column.equalIn("c", "d"), " AND "));
        // A table may consist of its key alone; then the key, which is equal, is set.
        values.put("assignments", listed(others.isEmpty() ? key : others, TargetColumn::assignment, ", "));
        return values;
    }

    private static String listed(List<TargetColumn> columns, Function<TargetColumn, String> as, String between) {
        return columns.stream().map(as).collect(joining(between));
    }

    private static String json(List<TargetColumn> columns) {
        var names = JsonNodeFactory.instance.arrayNode();
        columns.forEach(column -> names.add(column.name()));
        return names.toString();
    }
}
