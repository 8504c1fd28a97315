package floe.mysql;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads how tables are defined now. */
public final class SourceSchema {

    private static final String COLUMNS =
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH,
                   CHARACTER_OCTET_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, IS_NULLABLE,
                   COLUMN_DEFAULT, EXTRA, GENERATION_EXPRESSION, CHARACTER_SET_NAME, COLUMN_KEY
            FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA IN (%s) AND TABLE_NAME IN (%s)
            ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION""";

    private static final String UNIQUE_INDEXES =
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA IN (%s) AND TABLE_NAME IN (%s) AND NON_UNIQUE = 0
            ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX""";

    /** A primary key that MySQL made by itself is in the binlog, and in the information schema only with this. */
    private static final String SHOW_GENERATED_KEYS =
            "SET @floe_looks = 1 /*!80030 , SESSION show_gipk_in_create_table_and_information_schema = ON */";

    private static final String PRIMARY = "PRIMARY";

    /** What {@code EXTRA} says of a column whose default differs from row to row. */
    private static final Pattern OWN_VALUES = Pattern.compile("(?i)default_generated|auto_increment");

    private static final Set<String> WITH_LENGTH = Set.of("char", "varchar", "binary", "varbinary");
    private static final Set<String> APPROXIMATE = Set.of("float", "double");
    private static final Set<String> WITH_MEMBERS = Set.of("enum", "set");

    private SourceSchema() {}

    /**
     * The tables in the order asked for.
     *
     * @throws NoSuchTable if MySQL does not show one of them, in this spelling, to this user
     */
    public static Map<TableId, TableShape> read(Connection connection, Collection<TableId> tables) throws SQLException {
        Map<TableId, SourceTable> found = find(connection, tables);
        Map<TableId, TableShape> read = new LinkedHashMap<>();
        for (TableId table : tables) {
            if (!found.containsKey(table)) {
                throw new NoSuchTable("The table " + table + " is not there: "
                        + TableNames.like(connection, table).advice());
            }
            read.put(table, found.get(table).shape());
        }
        return read;
    }

    /**
     * One table.
     *
     * @throws NoSuchTable if MySQL does not show it, in this spelling, to this user
     */
    public static TableShape read(Connection connection, TableId table) throws SQLException {
        return read(connection, List.of(table)).get(table);
    }

    /** Those among the tables that MySQL shows, in this spelling, to this user; read by as many statements as one table. */
    public static Map<TableId, SourceTable> find(Connection connection, Collection<TableId> tables)
            throws SQLException {
        if (tables.isEmpty()) {
            return new LinkedHashMap<>();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(SHOW_GENERATED_KEYS);
        }
        Map<TableId, Map<String, List<String>>> indexes = uniqueIndexes(connection, tables);
        Map<TableId, Columns> columns = columns(connection, tables);
        Map<TableId, SourceTable> found = new LinkedHashMap<>();
        for (TableId table : tables) {
            Columns its = columns.get(table);
            if (its != null) {
                List<String> key = key(connection, table, its.key(), indexes.getOrDefault(table, Map.of()));
                found.put(table, new SourceTable(table, new TableShape(key, its.columns()), its.mostBytes()));
            }
        }
        return found;
    }

    /** The columns of one table as they are read, and the names of those that its key consists of. */
    private record Columns(List<Column> columns, List<Long> mostBytes, Set<String> key) {}

    private static Map<TableId, Columns> columns(Connection connection, Collection<TableId> tables)
            throws SQLException {
        Map<TableId, Columns> all = new HashMap<>();
        forEachRow(connection, COLUMNS, tables, (table, row) -> {
            Columns its = all.computeIfAbsent(
                    table, any -> new Columns(new ArrayList<>(), new ArrayList<>(), new HashSet<>()));
            its.columns().add(column(row));
            its.mostBytes().add(row.getObject("CHARACTER_OCTET_LENGTH", Long.class));
            // MySQL marks so the primary key or, without one, the unique key that it takes in its place.
            if (row.getString("COLUMN_KEY").equals("PRI")) {
                its.key().add(row.getString("COLUMN_NAME"));
            }
        });
        return all;
    }

    /** By table and name, without those over the beginnings of columns: only a primary key may be one. */
    private static Map<TableId, Map<String, List<String>>> uniqueIndexes(
            Connection connection, Collection<TableId> tables) throws SQLException {
        Map<TableId, Map<String, List<String>>> all = new HashMap<>();
        forEachRow(connection, UNIQUE_INDEXES, tables, (table, row) -> {
            String index = row.getString("INDEX_NAME");
            boolean whole = row.getString("SUB_PART") == null || index.equals(PRIMARY);
            all.computeIfAbsent(table, any -> new LinkedHashMap<>())
                    .computeIfAbsent(index, any -> new ArrayList<>())
                    .add(whole ? row.getString("COLUMN_NAME") : null);
        });
        return all;
    }

    /** What is done with a row about a table. */
    interface RowOf {

        void accept(TableId table, ResultSet row) throws SQLException;
    }

    /** The rows of a query about the tables; schemas and names are asked for apart, as MySQL has an index for each. */
    static void forEachRow(Connection connection, String query, Collection<TableId> tables, RowOf action)
            throws SQLException {
        Set<TableId> asked = new HashSet<>(tables);
        Set<String> schemas = asked.stream().map(TableId::schema).collect(Collectors.toCollection(TreeSet::new));
        Set<String> names = asked.stream().map(TableId::table).collect(Collectors.toCollection(TreeSet::new));
        String sql = query.formatted(SqlName.places(schemas.size()), SqlName.places(names.size()));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 1;
            for (String schema : schemas) {
                statement.setString(place++, schema);
            }
            for (String name : names) {
                statement.setString(place++, name);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    TableId table = new TableId(rows.getString("TABLE_SCHEMA"), rows.getString("TABLE_NAME"));
                    if (asked.contains(table)) {
                        action.accept(table, rows);
                    }
                }
            }
        }
    }

    private static Column column(ResultSet row) throws SQLException {
        String type = row.getString("DATA_TYPE").toLowerCase(Locale.ROOT);
        String columnType = row.getString("COLUMN_TYPE");
        String generation = row.getString("GENERATION_EXPRESSION");
        Integer scale = row.getObject("NUMERIC_SCALE", Integer.class);
        Column.Builder column = Column.named(row.getString("COLUMN_NAME"), type)
                .fraction(row.getObject("DATETIME_PRECISION", Integer.class))
                .nullable(row.getString("IS_NULLABLE").equals("YES"))
                .defaultValue(row.getString("COLUMN_DEFAULT"))
                .expression(OWN_VALUES.matcher(row.getString("EXTRA")).find())
                .generated(generation != null && !generation.isEmpty())
                .charset(row.getString("CHARACTER_SET_NAME"));
        if (WITH_MEMBERS.contains(type)) {
            return column.members(QuotedTexts.in(columnType)).build();
        }
        if (WITH_LENGTH.contains(type)) {
            column.length(row.getObject("CHARACTER_MAXIMUM_LENGTH", Long.class));
        } else if (type.equals("decimal") || type.equals("bit") || (APPROXIMATE.contains(type) && scale != null)) {
            column.precision(row.getObject("NUMERIC_PRECISION", Integer.class)).scale(scale);
        }
        return column.unsigned(columnType.toLowerCase(Locale.ROOT).contains(" unsigned"))
                .build();
    }

    /** The key's columns in the order of the key. */
    private static List<String> key(
            Connection connection, TableId table, Set<String> columns, Map<String, List<String>> indexes)
            throws SQLException {
        if (indexes.containsKey(PRIMARY)) {
            return indexes.get(PRIMARY);
        }
        List<List<String>> same = indexes.values().stream()
                .filter(index -> new HashSet<>(index).equals(columns))
                .distinct()
                .toList();
        if (same.size() < 2) {
            return same.isEmpty() ? List.of() : same.get(0);
        }
        // Two indexes over the same columns in another order: the first one counts, and only this tells which it is.
        return indexes.get(firstIndex(connection, table, columns, indexes));
    }

    private static String firstIndex(
            Connection connection, TableId table, Set<String> columns, Map<String, List<String>> indexes)
            throws SQLException {
        String show = "SHOW INDEX FROM " + SqlName.of(table);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(show)) {
            while (rows.next()) {
                List<String> index = indexes.get(rows.getString("Key_name"));
                if (index != null && new HashSet<>(index).equals(columns)) {
                    return rows.getString("Key_name");
                }
            }
        }
        return indexes.keySet().iterator().next();
    }
}
