package floe.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks of one connection on the server itself ({@code GET_LOCK}), which end with the connection: nothing is written, and no
 * table is touched.
 */
public final class ServerLock {

    private ServerLock() {}

    /** Has MySQL end the connection, and with it its locks, after so long a silence: of a machine that is gone, say. */
    public static void endAfter(Connection connection, Duration silence) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION wait_timeout = " + silence.toSeconds());
        }
    }

    /**
     * Takes a lock.
     *
     * @param name of at most 64 characters
     * @return who has it, if it is another connection; nothing once this one has it
     */
    public static Optional<String> take(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, 0), IS_USED_LOCK(?)")) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1 ? Optional.empty() : Optional.of(holder(connection, row.getLong(2)));
            }
        }
    }

    /** Whether this connection still has it. */
    public static boolean holds(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT COALESCE(IS_USED_LOCK(?) = CONNECTION_ID(), 0)")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Without the privilege PROCESS a user sees its own connections, of which the other one usually is. */
    private static String holder(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = ?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return "connection " + id
                        + (row.next() ? " of user " + row.getString(1) + " from " + row.getString(2) : "");
            }
        }
    }
}
