package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads how tables are defined now. */
public final class SourceSchema {

    private static final String COLUMNS =
            """
            SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE,
                   DATETIME_PRECISION, IS_NULLABLE, COLUMN_DEFAULT, GENERATION_EXPRESSION, CHARACTER_SET_NAME,
                   COLLATION_NAME, COLUMN_KEY
            FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
            ORDER BY ORDINAL_POSITION""";

    private static final String UNIQUE_KEYS =
            """
            SELECT INDEX_NAME, COLUMN_NAME
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0
            ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX""";

    private SourceSchema() {}

    /**
     * The tables in the order asked for.
     *
     * @throws NoSuchTable if MySQL does not show one of them, in this spelling, to this user
     */
    public static List<SourceTable> read(Connection connection, Collection<TableId> tables) throws SQLException {
        List<SourceTable> read = new ArrayList<>();
        for (TableId table : tables) {
            read.add(read(connection, table));
        }
        return read;
    }

    private static SourceTable read(Connection connection, TableId table) throws SQLException {
        TableNames names = TableNames.like(connection, table);
        if (!names.hasAsked()) {
            throw new NoSuchTable("The table " + table + " is not there: " + names.advice());
        }
        List<SourceColumn> columns = new ArrayList<>();
        Set<String> keyColumns = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    SourceColumn column = column(rows);
                    columns.add(column);
                    // MySQL marks so the primary key or, without one, the unique key that it takes in its place.
                    if (rows.getString("COLUMN_KEY").equals("PRI")) {
                        keyColumns.add(column.name());
                    }
                }
            }
        }
        return new SourceTable(table, columns, inKeyOrder(connection, table, keyColumns));
    }

    private static SourceColumn column(ResultSet row) throws SQLException {
        String generation = row.getString("GENERATION_EXPRESSION");
        return new SourceColumn(
                row.getString("COLUMN_NAME"),
                row.getString("COLUMN_TYPE"),
                row.getString("DATA_TYPE"),
                row.getObject("CHARACTER_MAXIMUM_LENGTH", Long.class),
                row.getObject("NUMERIC_PRECISION", Integer.class),
                row.getObject("NUMERIC_SCALE", Integer.class),
                row.getObject("DATETIME_PRECISION", Integer.class),
                row.getString("IS_NULLABLE").equals("YES"),
                row.getString("COLUMN_DEFAULT"),
                generation != null && !generation.isEmpty(),
                row.getString("CHARACTER_SET_NAME"),
                row.getString("COLLATION_NAME"));
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
