package floe.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which server answers, as far as binlog positions depend on it.
 *
 * @param uuid its {@code server_uuid}
 * @param version as it prints it, such as {@code 8.0.36}
 * @param binlogBaseName the name of its binlog files without folder and number; empty if it writes none
 * @param gtidMode {@code ON}, {@code OFF} or a step between them
 */
public record SourceServer(String uuid, String version, String binlogBaseName, String gtidMode) {

    private static final String VARIABLES = "SELECT @@server_uuid, @@version, @@log_bin_basename, @@gtid_mode";

    /** Asks the server. */
    public static SourceServer read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(VARIABLES)) {
            row.next();
            return new SourceServer(row.getString(1), row.getString(2), baseName(row.getString(3)), row.getString(4));
        }
    }

    private static String baseName(String path) {
        return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    }
}
