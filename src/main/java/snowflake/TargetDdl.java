package snowflake;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mysql.SourceColumn;
import mysql.SourceTable;

/** The statements that make a Snowflake table the mirror of a MySQL table: the table, its tombstones, its procedures. */
final class TargetDdl {

    private static final Script SCHEMA = new Script("schema.sql");
    private static final Script TABLE = new Script("table.sql");
    private static final Script APPLY = new Script("apply.sql");
    private static final Script PURGE = new Script("purge.sql");
    private static final Script COLUMNS = new Script("columns.sql");

    /** Floe's own columns. */
    private static final Set<String> RESERVED = Set.of("_POSITION", "_DELETED", "_ROW");

    /** The column that tombstones have beside the key and the position. */
    private static final String DELETED_AT = "DELETED_AT";

    /** Beside its columns, the whole row of a change, to tell the columns that it does not name. */
    private static final String ROW = ",\n                c.value['row'] AS _ROW";

    private record Column(String name, ColumnType type, boolean isKey, boolean nullable) {

        String quoted() {
            return Quote.name(name);
        }

        String definition() {
            return quoted() + " " + type.ddl() + (isKey && !nullable ? " NOT NULL" : "");
        }

        /** A column that the change does not name keeps its value; one that is null there, JSON's null, becomes NULL. */
        String assignment() {
            return quoted() + " = IFF(c._ROW[" + Quote.text(name) + "] IS NULL, t." + quoted() + ", c." + quoted()
                    + ")";
        }

        String addedTo(SnowflakeName table) {
            return "ALTER TABLE " + table.quoted() + " ADD COLUMN IF NOT EXISTS " + definition();
        }

        String value() {
            return type.valueOf(name) + " AS " + quoted();
        }

        String equalIn(String left, String right) {
            String leftColumn = left + "." + quoted();
            String rightColumn = right + "." + quoted();
            return nullable ? "EQUAL_NULL(" + leftColumn + ", " + rightColumn + ")" : leftColumn + " = " + rightColumn;
        }
    }

    private TargetDdl() {}

    /**
     * The statements, each of which may be repeated.
     *
     * @throws WrongTable if the source has no key, or columns that Snowflake cannot tell apart
     */
    static List<String> statements(SourceTable source, SnowflakeName table) {
        Map<String, String> values = values(source, table);
        List<String> statements = new ArrayList<>(SCHEMA.statements(values));
        statements.addAll(TABLE.statements(values));
        statements.addAll(APPLY.statements(values));
        statements.addAll(PURGE.statements(values));
        statements.addAll(COLUMNS.statements(values));
        return statements;
    }

    private static Map<String, String> values(SourceTable source, SnowflakeName table) {
        List<Column> columns = columns(source);
        List<Column> key = columns.stream().filter(Column::isKey).toList();
        List<Column> others = columns.stream().filter(column -> !column.isKey()).toList();
        if (table.quoted().contains("$$")) {
            throw new WrongTable(source.id() + " cannot be mirrored as " + table
                    + ": a procedure's body cannot hold a name with $$ in it; name another target in load.tables");
        }
        Map<String, String> values = new HashMap<>();
        values.put("table", table.quoted());
        values.put("tombstones", table.tombstones().quoted());
        values.put("floe_tables", table.floeTables().quoted());
        values.put("apply_procedure", table.applyProcedure().quoted());
        values.put("purge_procedure", table.purgeProcedure().quoted());
        values.put("table_name", Quote.text(table.name()));
        values.put("source", Quote.text(source.id().toString()));
        values.put("key_json", Quote.text(json(key)));
        values.put("columns_json", Quote.text(json(columns)));
        values.put("add_columns", listed(others, column -> column.addedTo(table), ";\n"));
        values.put("column_definitions", listed(columns, Column::definition, ",\n    "));
        values.put("key_definitions", listed(key, Column::definition, ",\n    "));
        values.put("column_values", listed(columns, Column::value, ",\n                ") + ROW);
        values.put("key_values", listed(key, Column::value, ", "));
        values.put("columns", listed(columns, Column::quoted, ", "));
        values.put("key_columns", listed(key, Column::quoted, ", "));
        values.put("c_columns", listed(columns, column -> "c." + column.quoted(), ", "));
        values.put("c_key_columns", listed(key, column -> "c." + column.quoted(), ", "));
        values.put("c_is_t", listed(key, column -> column.equalIn("c", "t"), " AND "));
        values.put("c_is_d", listed(key, column -> column.equalIn("c", "d"), " AND "));
        // A table may consist of its key alone; then the key, which is equal, is set.
        values.put("assignments", listed(others.isEmpty() ? key : others, Column::assignment, ", "));
        return values;
    }

    private static List<Column> columns(SourceTable source) {
        if (source.keyColumns().isEmpty()) {
            throw new WrongTable("The table " + source.id()
                    + " has no key, so its rows cannot be told apart; give it a primary key or a unique one");
        }
        List<String> key = source.keyColumns().stream().map(SnowflakeName::fold).toList();
        Map<String, String> spelled = new HashMap<>();
        List<Column> columns = new ArrayList<>();
        for (SourceColumn column : source.columns()) {
            String name = SnowflakeName.fold(column.name());
            String other = spelled.put(name, column.name());
            if (other != null) {
                throw new WrongTable("The columns " + other + " and " + column.name() + " of " + source.id()
                        + " are both " + name + " in Snowflake; rename one of them");
            }
            boolean isKey = key.contains(name);
            if (name.contains("$$") || RESERVED.contains(name) || (isKey && name.equals(DELETED_AT))) {
                throw new WrongTable("The column " + column.name() + " of " + source.id()
                        + " cannot be mirrored: Floe's tables and procedures have no room for this name; rename it");
            }
            columns.add(new Column(name, ColumnType.of(column), isKey, column.nullable()));
        }
        for (String name : source.keyColumns()) {
            if (!spelled.containsKey(SnowflakeName.fold(name))) {
                throw new WrongTable(
                        "The key of " + source.id() + " names the column " + name + ", which the table does not have");
            }
        }
        return columns;
    }

    private static String listed(List<Column> columns, Function<Column, String> as, String between) {
        return columns.stream().map(as).collect(joining(between));
    }

    private static String json(List<Column> columns) {
        var names = JsonNodeFactory.instance.arrayNode();
        columns.forEach(column -> names.add(column.name()));
        return names.toString();
    }
}
