package floe.snapshot;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How large a table is, or may be: an estimate where MySQL says it.
 *
 * @param bytes of its data, without its indexes
 */
record TableSize(long rows, long bytes) {

    private static final String SIZE = "SELECT TABLE_ROWS, DATA_LENGTH FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";

    /** As MySQL estimates it now; nothing of a table that is not there. */
    static TableSize estimate(Connection mysql, TableId table) throws SQLException {
        try (Statement statement = mysql.createStatement()) {
            // Else it is what somebody was told within the last day.
            statement.execute("SET SESSION information_schema_stats_expiry = 0");
        }
        try (PreparedStatement statement = mysql.prepareStatement(SIZE)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new TableSize(row.getLong(1), row.getLong(2)) : new TableSize(0, 0);
            }
        }
    }

    boolean isWithin(TableSize most) {
        return rows <= most.rows && bytes <= most.bytes;
    }

    /** In words. */
    String words() {
        return rows + " rows and " + bytes + " bytes";
    }
}
