package floe.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which server answers, as far as binlog positions depend on it.
 *
 * @param uuid its {@code server_uuid}
 * @param binlogBaseName the name of its binlog files without folder and number; empty if it writes none
 */
public record SourceServer(String uuid, String binlogBaseName) {

    private static final String VARIABLES = "SELECT @@server_uuid, @@log_bin_basename";

    /** Asks the server. */
    public static SourceServer read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(VARIABLES)) {
            row.next();
            return new SourceServer(row.getString(1), baseName(row.getString(2)));
        }
    }

    /** Whether the server tells names of tables apart that differ in case alone. */
    public static boolean tellsCaseApart(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@lower_case_table_names")) {
            row.next();
            return row.getInt(1) == 0;
        }
    }

    private static String baseName(String path) {
        return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    }
}
