package floe.debezium;

import floe.binlog.GtidSet;
import floe.capture.CaptureFailed;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.change.TableShape;
import floe.mysql.NoSuchTable;
import floe.mysql.SourceSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks MySQL how tables are defined, on a connection for each question: there are few of them. */
final class SourceDefinitions implements Tables.Definitions {

    /** A statement is in the binlog a moment before its effect is seen; longer waiting would hold up everything. */
    private static final int MOST_SECONDS = 10;

    private final CaptureSettings settings;

    SourceDefinitions(CaptureSettings settings) {
        this.settings = settings;
    }

    @Override
    public TableShape now(TableId table) {
        return asked(connection -> {
            try {
                return SourceSchema.read(connection, table);
            } catch (NoSuchTable e) {
                return null;
            }
        });
    }

    @Override
    public void waitFor(String gtid) {
        asked(connection -> {
            try (PreparedStatement wait = connection.prepareStatement("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)")) {
                wait.setString(1, GtidSet.parse(gtid).toString());
                wait.setInt(2, MOST_SECONDS);
                return wait.execute();
            }
        });
    }

    @Override
    public boolean metadataIsFull() {
        return asked(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT @@GLOBAL.binlog_row_metadata")) {
                row.next();
                return row.getString(1).equals("FULL");
            }
        });
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T asked(Question<T> question) {
        try (Connection connection = settings.mysql().connect()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw new CaptureFailed(e.getMessage(), e);
        }
    }
}
