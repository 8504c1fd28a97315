package floe.debezium;

import floe.binlog.GtidSet;
import floe.capture.CaptureFailed;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.mysql.BaseTables;
import floe.mysql.CascadingKey;
import floe.mysql.ExecutedGtids;
import floe.mysql.Finding;
import floe.mysql.SourceCheck;
import floe.mysql.SourceTable;
import floe.mysql.TableRules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks MySQL how tables are defined, on a connection for each question: there are few of them. */
final class SourceDefinitions implements Tables.Definitions {

    /** A statement is in the binlog a moment before its effect is seen; longer waiting would hold up everything. */
    private static final int MOST_SECONDS = 10;

    private final CaptureSettings settings;

    SourceDefinitions(CaptureSettings settings) {
        this.settings = settings;
    }

    @Override
    public Tables.Definition now(TableId table) {
        return asked(connection -> {
            SourceTable found =
                    settings.rules().find(connection, List.of(table)).get(table);
            // After the definition: what it may show is executed by then.
            GtidSet executed = GtidSet.parse(ExecutedGtids.read(connection));
            return new Tables.Definition(found == null ? null : found.shape(), executed);
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
    public Map<TableId, Optional<String>> look(Set<TableId> tables) {
        return asked(connection -> {
            Map<TableId, Optional<String>> found = new LinkedHashMap<>();
            for (TableId table : BaseTables.among(connection, tables)) {
                String whyNot = SourceCheck.tables(connection, List.of(table), settings.rules()).stream()
                        .filter(finding -> finding.severity() == Finding.Severity.STOP)
                        .map(Finding::toString)
                        .collect(Collectors.joining("; "));
                found.put(table, Optional.of(whyNot).filter(why -> !why.isEmpty()));
            }
            return found;
        });
    }

    @Override
    public List<CascadingKey> cascades() {
        return settings.rules().cascades() == TableRules.Cascades.REREAD ? asked(CascadingKey::read) : List.of();
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
