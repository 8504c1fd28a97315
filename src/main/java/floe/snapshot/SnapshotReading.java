package floe.snapshot;

import floe.binlog.BinlogPlace;
import floe.binlog.ColumnLayout;
import floe.binlog.Sighting;
import floe.binlog.TableLayout;
import floe.capture.BinlogSource;
import floe.capture.CaptureFailed;
import floe.capture.CaptureSettings;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.change.TableId;
import floe.mysql.BinlogEnd;
import floe.mysql.SourceSchema;
import floe.mysql.SourceTable;
import floe.mysql.SqlName;
import floe.mysql.UnknownType;
import floe.state.CaptureState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each table once by one SELECT, without a lock and without a transaction.
 *
 * <p>It begins by asking for the binlog's file, and then for the transactions that are executed: all of these show in what
 * it reads, and all others stand in that file or in a later one. So its rows stand at the file's beginning, below all that
 * the binlog will bring, and the binlog is read from there without the executed transactions.
 */
final class SnapshotReading implements BinlogSource.Reading {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReading.class);

    /** How long a connection that is there may take to say so. */
    private static final int ANSWER_SECONDS = 10;

    private final CaptureSettings settings;
    private final Set<TableId> tables;
    private final Function<ColumnLayout, String> expressions;
    private volatile boolean closed;
    private volatile String failure;
    private volatile Connection connection;

    SnapshotReading(CaptureSettings settings, Set<TableId> tables, Function<ColumnLayout, String> expressions) {
        this.settings = settings;
        this.tables = tables;
        this.expressions = expressions;
    }

    @Override
    public void run(BinlogSource.Reader reader) {
        boolean complete = false;
        try (Connection mysql = connect()) {
            connection = mysql;
            if (!closed) {
                reader.reading();
                read(mysql, reader);
                complete = true;
            }
        } catch (SQLException e) {
            if (!closed) {
                throw new CaptureFailed(
                        "The connection to MySQL at " + settings.mysql().address()
                                + " was lost in a snapshot, which begins anew",
                        e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection = null;
            if (!complete) {
                reader.stopped();
            }
        }
        if (failure != null) {
            throw new CaptureFailed(failure);
        }
    }

    @Override
    public void fail(String reason) {
        failure = reason;
        close();
    }

    @Override
    public void close() {
        closed = true;
        end(connection);
    }

    private Connection connect() {
        try {
            return SnapshotConnection.open(settings);
        } catch (SQLException e) {
            throw new CaptureFailed(e.getMessage(), e);
        }
    }

    private void read(Connection mysql, BinlogSource.Reader reader) throws SQLException, InterruptedException {
        String file = BinlogEnd.read(mysql).file();
        // After the file: what is committed between the two stands in it, or is among these and shows in the tables.
        String gtids = executed(mysql);
        BinlogEnd end = BinlogEnd.read(mysql);
        Origin origin = new Origin(file, BinlogPlace.FIRST_OFFSET, 0, null, System.currentTimeMillis(), true);
        SnapshotBatch batch = new SnapshotBatch(events -> give(events, reader, mysql), origin);
        SnapshotConnection.giveRawText(mysql);
        LOG.info("A snapshot of {} tables begins at {}", tables.size(), file);
        List<TableId> complete = new ArrayList<>();
        for (TableId table : tables) {
            try {
                read(mysql, table, origin, batch);
                complete.add(table);
            } catch (SetAside e) {
                BinlogPlace place = new BinlogPlace(file, BinlogPlace.FIRST_OFFSET, null, origin.millis());
                batch.add(new SourceEvent.Seen(new Sighting.Unseen(Set.of(table), e.getMessage(), place)));
            }
        }
        batch.add(new SourceEvent.SnapshotEnd(complete, origin));
        batch.add(new SourceEvent.Progress(
                CaptureState.ahead(file, gtids, new BinlogPlace(end.file(), end.offset(), null, origin.millis())),
                OptionalLong.empty()));
        batch.give();
        LOG.info("The snapshot is complete: {} of {} tables", complete.size(), tables.size());
    }

    /** A failure of the reader ends the connection first: closing a result would read all that is left of it. */
    private static void give(List<SourceEvent> events, BinlogSource.Reader reader, Connection mysql)
            throws InterruptedException {
        boolean taken = false;
        try {
            reader.take(events);
            taken = true;
        } finally {
            if (!taken) {
                end(mysql);
            }
        }
    }

    private void read(Connection mysql, TableId table, Origin origin, SnapshotBatch batch)
            throws SQLException, InterruptedException, SetAside {
        try {
            SourceTable before = find(mysql, table);
            TableLayout layout = layout(before);
            batch.add(new SourceEvent.Shape(table, before.shape(), origin));
            readRows(mysql, layout, batch);
            if (!before.equals(find(mysql, table))) {
                throw SetAside.changed();
            }
        } catch (SQLException e) {
            if (closed || !mysql.isValid(ANSWER_SECONDS)) {
                throw e;
            }
            LOG.debug("MySQL refused to read {}", table, e);
            throw new SetAside(table, e);
        }
    }

    private static SourceTable find(Connection mysql, TableId table) throws SQLException, SetAside {
        SourceTable found = SourceSchema.find(mysql, List.of(table)).get(table);
        if (found == null) {
            throw SetAside.gone();
        }
        return found;
    }

    private static TableLayout layout(SourceTable table) throws SetAside {
        if (!table.hasKey()) {
            throw new SetAside("it has no key");
        }
        try {
            return table.layout();
        } catch (UnknownType e) {
            throw new SetAside(e.getMessage());
        }
    }

    private void readRows(Connection mysql, TableLayout table, SnapshotBatch batch)
            throws SQLException, InterruptedException {
        SnapshotProgress progress = SnapshotProgress.begin(table.id());
        int columns = table.columns().size();
        try (Statement statement = SnapshotConnection.rowByRow(mysql);
                ResultSet found = statement.executeQuery(select(table))) {
            while (found.next()) {
                byte[][] row = new byte[columns][];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getBytes(i + 1);
                }
                batch.add(table, row);
                progress.read();
            }
        }
        progress.end();
    }

    private String select(TableLayout table) {
        return table.columns().stream()
                .map(expressions)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + SqlName.of(table.id())));
    }

    private static String executed(Connection mysql) throws SQLException {
        try (Statement statement = mysql.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
            row.next();
            return row.getString(1).replaceAll("\\s", "");
        }
    }

    /** Ends the connection at once, whatever runs on it. */
    private static void end(Connection mysql) {
        if (mysql != null) {
            try {
                mysql.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The connection had ended by itself", e);
            }
        }
    }
}
