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

    /**
     * The connection that has a lock.
     *
     * @param connection its id on the server
     * @param whose user and host, empty where MySQL does not show them
     */
    public record Holder(long connection, String whose) {

        /** As part of a sentence: {@code connection 12 of user floe from 10.0.0.7:54718}. */
        @Override
        public String toString() {
            return "connection " + connection + whose;
        }
    }

    /** The id that the connection has on the server. */
    public static long id(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            return row.getLong(1);
        }
    }

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
    public static Optional<Holder> take(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, 0), IS_USED_LOCK(?)")) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1 ? Optional.empty() : Optional.of(holder(connection, row.getLong(2)));
            }
        }
    }

    /** Gives back all locks of the connection at once: MySQL takes note of a connection's end some time later. */
    public static void releaseAll(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DO RELEASE_ALL_LOCKS()");
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
    private static Holder holder(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = ?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return new Holder(id, row.next() ? " of user " + row.getString(1) + " from " + row.getString(2) : "");
            }
        }
    }
}
