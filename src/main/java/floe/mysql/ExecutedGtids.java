package floe.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The transactions that a server has executed: all that show in its tables. */
public final class ExecutedGtids {

    private ExecutedGtids() {}

    /** All of them, on one line. */
    public static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
            row.next();
            return row.getString(1).replaceAll("\\s", "");
        }
    }

    /**
     * Returns when these show, or after so long.
     *
     * @return whether they do
     */
    public static boolean await(Connection connection, String gtids, int seconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)")) {
            statement.setString(1, gtids);
            statement.setInt(2, seconds);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 0;
            }
        }
    }
}
