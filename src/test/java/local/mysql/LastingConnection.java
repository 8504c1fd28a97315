package local.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A connection of the admin user that can be made anew while the server is killed and started again. For one thread. */
public final class LastingConnection implements AutoCloseable {

    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final MySqlServer server;
    private final String[] begin;
    private Connection connection;

    /**
     * Connects.
     *
     * @param begin statements for the beginning of each session
     */
    public LastingConnection(MySqlServer server, String... begin) throws SQLException {
        this.server = server;
        this.begin = begin.clone();
        this.connection = connect();
    }

    public Connection get() {
        return connection;
    }

    /** Connects again as soon as the server is back; throws if it stays away for a minute. */
    public void reconnect() throws SQLException {
        close();
        long giveUp = System.nanoTime() + LONGEST_ABSENCE.toNanos();
        while (true) {
            try {
                connection = connect();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private Connection connect() throws SQLException {
        Connection made = server.connection();
        try (Statement statement = made.createStatement()) {
            for (String sql : begin) {
                statement.execute(sql);
            }
        }
        return made;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It went with a server that was ended; closing it would still roll back.
        }
    }
}
