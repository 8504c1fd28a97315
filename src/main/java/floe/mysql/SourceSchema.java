package floe.mysql;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads how tables are defined now. */
public final class SourceSchema {

    private static final String COLUMNS =
            """
            SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE,
                   DATETIME_PRECISION, IS_NULLABLE, COLUMN_DEFAULT, GENERATION_EXPRESSION, CHARACTER_SET_NAME, COLUMN_KEY
            FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
            ORDER BY ORDINAL_POSITION""";

    private static final String UNIQUE_KEYS =
            """
            SELECT INDEX_NAME, COLUMN_NAME
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0
            ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX""";

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
        Map<TableId, TableShape> read = new LinkedHashMap<>();
        for (TableId table : tables) {
            read.put(table, read(connection, table));
        }
        return read;
    }

    /**
     * One table.
     *
     * @throws NoSuchTable if MySQL does not show it, in this spelling, to this user
     */
    public static TableShape read(Connection connection, TableId table) throws SQLException {
        TableNames names = TableNames.like(connection, table);
        if (!names.hasAsked()) {
            throw new NoSuchTable("The table " + table + " is not there: " + names.advice());
        }
        List<Column> columns = new ArrayList<>();
        Set<String> keyColumns = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Column column = column(rows);
                    columns.add(column);
                    // MySQL marks so the primary key or, without one, the unique key that it takes in its place.
                    if (rows.getString("COLUMN_KEY").equals("PRI")) {
                        keyColumns.add(column.name());
                    }
                }
            }
        }
        return new TableShape(inKeyOrder(connection, table, keyColumns), columns);
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

    private static List<String> inKeyOrder(Connection connection, TableId table, Set<String> keyColumns)
            throws SQLException {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        return keys.values().stream()
                .filter(key -> new HashSet<>(key).equals(keyColumns))
                .findFirst()
                .orElse(List.of());
    }
}
