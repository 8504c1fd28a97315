package local.snowflake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A mirrored table of a test, made by the SQL that Floe ships, its placeholders filled in by hand. */
record Mirror(String table, List<Column> columns) {

    /**
     * One column.
     *
     * @param value the form of its value, in which {@code %s} is the path to it
     */
    record Column(String name, String type, String value, boolean ofKey, boolean nullable) {

        static Column key(String name, String type) {
            return new Column(name, type, "%s::" + type, true, false);
        }

        static Column nullableKey(String name, String type) {
            return new Column(name, type, "%s::" + type, true, true);
        }

        static Column of(String name, String type) {
            return new Column(name, type, "%s::" + type, false, true);
        }

        static Column of(String name, String type, String value) {
            return new Column(name, type, value, false, true);
        }
    }

    static Mirror persons() {
        return new Mirror(
                "CDC_TABLE",
                List.of(
                        Column.key("PERSONID", "NUMBER(38,0)"),
                        Column.of("FULLNAME", "VARCHAR"),
                        Column.of("CITY", "VARCHAR(10)")));
    }

    /** Creates FLOE_TABLES, the table, its tombstones, its state and its apply procedure. */
    void create(SnowflakeServer server) throws SQLException {
        server.executeScript(expanded("schema.sql"));
        server.executeScript(expanded("state.sql"));
        server.executeScript(expanded("table.sql"));
        server.executeScript(expanded("apply.sql"));
        server.execute(expand("UPDATE {state} SET REVISION = '{revision}'"));
    }

    /** Calls the apply procedure. */
    long apply(Connection connection, String batch) throws SQLException {
        String call = expand("CALL {apply_procedure}(PARSE_JSON(?))");
        try (PreparedStatement statement = connection.prepareStatement(call)) {
            statement.setString(1, batch);
            statement.execute();
            try (ResultSet answer = statement.getResultSet()) {
                answer.next();
                return new JsonMapper()
                        .readTree(answer.getString(1))
                        .path("changes")
                        .asLong();
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    String expand(String sql) {
        Map<String, String> values = Map.ofEntries(
                Map.entry("revision", "r1"),
                Map.entry("keyed_since", ""),
                Map.entry("counts_from", ""),
                Map.entry("floor_of_rows", "f.FLOOR"),
                Map.entry("own_additions", ""),
                Map.entry("own_columns", ""),
                Map.entry("c_own_columns", ""),
                Map.entry("own_assignments", ""),
                Map.entry("table", qualified(table)),
                Map.entry("tombstones", qualified(table + "_TOMBSTONES")),
                Map.entry("state", qualified(table + "_FLOE")),
                Map.entry("floe_tables", qualified("FLOE_TABLES")),
                Map.entry("apply_procedure", qualified("APPLY_" + table)),
                Map.entry("table_name", "'" + table + "'"),
                Map.entry("source", "'CDC_schema." + table + "'"),
                Map.entry("key_json", "'[]'"),
                Map.entry("columns", all(columns, "\"%s\"", ", ")),
                Map.entry("c_columns", all(columns, "c.\"%s\"", ", ")),
                Map.entry("assignments", all(columns, "\"%1$s\" = c.\"%1$s\"", ", ")),
                Map.entry("key_columns", all(key(), "\"%s\"", ", ")),
                Map.entry("c_key_columns", all(key(), "c.\"%s\"", ", ")),
                Map.entry("state_text", "'" + table + "_FLOE'"),
                Map.entry("unfit", "NULL::VARCHAR"),
                Map.entry("key_unfit", "FALSE"),
                Map.entry("c_is_t", sameKey("t")),
                Map.entry("c_is_d", sameKey("d") + " AND d._POSITION <> ''"),
                Map.entry("column_definitions", each(columns, Mirror::definition)),
                Map.entry("key_definitions", each(key(), Mirror::nullable)),
                Map.entry("column_values", each(columns, Mirror::value)),
                Map.entry("key_values", each(key(), Mirror::value)));
        String expanded = sql.replace("{rows}", text("rows-hard.sql")).replace("{refused}", text("rows-refused.sql"));
        for (Map.Entry<String, String> value : values.entrySet()) {
            expanded = expanded.replace("{" + value.getKey() + "}", value.getValue());
        }
        return expanded;
    }

    private String expanded(String file) {
        return expand(text(file));
    }

    private static String text(String file) {
        try (InputStream sql = Mirror.class.getResourceAsStream("/snowflake/" + file)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Column> key() {
        return columns.stream().filter(Column::ofKey).toList();
    }

    private String sameKey(String other) {
        return key().stream()
                .map(column -> String.format(
                        column.nullable() ? "EQUAL_NULL(c.\"%1$s\", %2$s.\"%1$s\")" : "c.\"%1$s\" = %2$s.\"%1$s\"",
                        column.name(),
                        other))
                .collect(Collectors.joining(" AND "));
    }

    private static String qualified(String name) {
        return "\"CDC_DESTINATION\".\"PUBLIC\".\"" + name + "\"";
    }

    private static String nullable(Column column) {
        return "\"" + column.name() + "\" " + column.type();
    }

    private static String definition(Column column) {
        return "\"" + column.name() + "\" " + column.type() + (column.nullable() ? "" : " NOT NULL");
    }

    private static String value(Column column) {
        String path = "c.value['row']['" + column.name() + "']";
        return String.format(column.value(), path) + " AS \"" + column.name() + "\"";
    }

    private static String all(List<Column> columns, String form, String separator) {
        return columns.stream()
                .map(column -> String.format(form, column.name()))
                .collect(Collectors.joining(separator));
    }

    private static String each(List<Column> columns, Function<Column, String> form) {
        return columns.stream().map(form).collect(Collectors.joining(", "));
    }
}
