package binlog;

import change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How snapshots read tables with FLOAT columns. MySQL prints a FLOAT with six digits, so it is asked for the same number
 * as a DOUBLE, which it prints exactly.
 *
 * <p>The binary protocol ({@code useCursorFetch}) is no way out: Debezium 3.4 reads negative and fractional TIME values
 * wrongly from it, and zero dates as 1970.
 */
final class FloatSelects {

    private static final String OVERRIDES = "snapshot.select.statement.overrides";

    private static final String COLUMNS = "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION";

    private FloatSelects() {}

    /** Debezium's properties that replace its SELECT for each of {@code tables} that has a FLOAT; empty if none has. */
    static Map<String, String> properties(Connection connection, Collection<TableId> tables) throws SQLException {
        Map<String, String> selects = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            for (TableId table : tables) {
                statement.setString(1, table.schema());
                statement.setString(2, table.table());
                List<String> columns = new ArrayList<>();
                boolean withFloat = false;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        String name = quoted(rows.getString(1));
                        boolean isFloat = "float".equalsIgnoreCase(rows.getString(2));
                        withFloat |= isFloat;
                        columns.add(isFloat ? name + " + 0e0 AS " + name : name);
                    }
                }
                if (withFloat) {
                    selects.put(
                            OVERRIDES + "." + table,
                            "SELECT " + String.join(", ", columns) + " FROM " + quoted(table.schema()) + "."
                                    + quoted(table.table()));
                }
            }
        }
        if (!selects.isEmpty()) {
            String names = String.join(
                    ",",
                    selects.keySet().stream()
                            .map(key -> key.substring(OVERRIDES.length() + 1))
                            .toList());
            selects.put(OVERRIDES, names);
        }
        return selects;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
