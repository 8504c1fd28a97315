package floe.snapshot;

import floe.capture.CaptureSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** The session that a snapshot reads in: whatever the server's own settings are, it gives cells in one form. */
final class SnapshotConnection {

    /** Of silence, in milliseconds: a statement may wait for an ALTER TABLE, and a connection that is gone says nothing. */
    private static final String SILENCE = "900000";

    /** Seconds that MySQL waits with a result while Kinesis is slow. */
    private static final String SLOWNESS = "3600";

    private static final List<String> SESSION = List.of(
            // No date is an error, and no mode changes what an expression gives.
            "sql_mode = 'ALLOW_INVALID_DATES'",
            "time_zone = '+00:00'",
            // Only what is committed, as of the beginning of each statement.
            "transaction_isolation = 'REPEATABLE-READ'",
            // All rows, however long it takes.
            "sql_select_limit = 18446744073709551615",
            "sql_big_selects = 1",
            // Seconds until a statement gives up on a table that is locked, and is tried again. TableSelect lets a
            // statement take longer, and MySQL counts the wait.
            "lock_wait_timeout = 3",
            "max_execution_time = 0");

    private SnapshotConnection() {}

    static Connection open(CaptureSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("socketTimeout", SILENCE);
        properties.setProperty("netTimeoutForStreamingResults", SLOWNESS);
        // The text protocol, row by row.
        properties.setProperty("useCursorFetch", "false");
        properties.setProperty("useServerPrepStmts", "false");
        Connection connection = settings.mysql().connect(properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION " + String.join(", SESSION ", SESSION));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** From now on text comes in the bytes of its column's own character set. */
    static void giveRawText(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION character_set_results = NULL");
        }
    }

    /** A statement whose rows come as they are read, and are never all in memory. */
    static Statement rowByRow(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        // Connector/J's sign for it.
        statement.setFetchSize(Integer.MIN_VALUE);
        return statement;
    }
}
