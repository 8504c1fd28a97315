package floe.snapshot;

import floe.binlog.TableLayout;
import floe.capture.CaptureSettings;
import floe.change.TableShape;
import floe.mysql.ExecutedGtids;
import floe.mysql.SourceServer;
import floe.mysql.SourceTable;
import floe.state.TableSnapshot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables chunk by chunk, without a lock and without a transaction: each statement sees what is committed when it
 * begins, and that is all of the snapshot's transactions at least.
 */
final class ChunkedTables implements TableSource {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkedTables.class);

    private static final int WAIT_SECONDS = 1;

    /** A table with fewer rows for each of its parts is read faster by one. */
    private static final long ROWS_OF_PART = 250_000;

    private final CaptureSettings settings;

    ChunkedTables(CaptureSettings settings) {
        this.settings = settings;
    }

    @Override
    public Reading open(TableSnapshot snapshot, String server, Consumer<String> waiting)
            throws SQLException, TableNotRead, InterruptedException {
        Connection mysql = SnapshotConnection.open(settings);
        boolean opened = false;
        try {
            String other = SourceServer.read(mysql).uuid();
            if (!other.equals(server)) {
                throw new SQLException("The server is " + other + " and should be " + server);
            }
            while (!ExecutedGtids.await(mysql, snapshot.gtids(), WAIT_SECONDS)) {
                waiting.accept("waits until " + server + " shows the transactions " + snapshot.gtids());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            SnapshotConnection.giveRawText(mysql);
            TableReading reading = TableReading.of(mysql, snapshot, settings);
            opened = true;
            return reading;
        } catch (SetAside e) {
            throw new TableNotRead(e.getMessage(), false);
        } catch (DefinitionChanged e) {
            throw changed();
        } catch (TableGone e) {
            throw gone();
        } finally {
            if (!opened) {
                end(mysql);
            }
        }
    }

    private static TableNotRead gone() {
        return new TableNotRead("it was dropped or renamed, or may not be read any more", false);
    }

    private static TableNotRead changed() {
        return new TableNotRead("its definition changed meanwhile", true);
    }

    /** Ends the connection at once, whatever runs on it. */
    private static void end(Connection mysql) {
        try {
            mysql.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The connection had ended by itself", e);
        }
    }

    /** One table on one connection. */
    private static final class TableReading implements Reading {

        private final Connection mysql;
        private final SourceTable table;
        private final TableLayout layout;
        private final TableChunks chunks;
        private final long estimate;
        private ChunkSize size = ChunkSize.FIRST;

        private TableReading(
                Connection mysql, SourceTable table, TableLayout layout, TableChunks chunks, long estimate) {
            this.mysql = mysql;
            this.table = table;
            this.layout = layout;
            this.chunks = chunks;
            this.estimate = estimate;
        }

        static TableReading of(Connection mysql, TableSnapshot snapshot, CaptureSettings settings)
                throws SQLException, SetAside, DefinitionChanged, TableGone {
            SourceTable table =
                    settings.rules().find(mysql, List.of(snapshot.table())).get(snapshot.table());
            if (table == null) {
                throw new TableGone(snapshot.table());
            }
            if (!table.hasKey()) {
                throw new SetAside("it has no key");
            }
            TableSize atOnce = new TableSize(
                    settings.snapshots().wholeRows(), settings.snapshots().wholeBytes());
            ReadLimits most = new ReadLimits(atOnce, settings.rowBytes());
            TableChunks chunks = TableChunks.of(mysql, table, most);
            long estimate = TableSize.estimate(mysql, table.id()).rows();
            return new TableReading(mysql, table, chunks.layout(), chunks, estimate);
        }

        @Override
        public TableShape shape() {
            return table.shape();
        }

        @Override
        public String definition() {
            CRC32 sum = new CRC32();
            sum.update(table.toString().getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(sum.getValue());
        }

        @Override
        public long estimate() {
            return estimate;
        }

        @Override
        public List<String> parts(int most) throws SQLException, TableNotRead {
            int parts = (int) Math.max(1, Math.min(most, estimate / ROWS_OF_PART));
            return tried(
                    () -> chunks.parts(mysql, parts).stream().map(Place::text).toList());
        }

        @Override
        public Chunk next(String part) throws SQLException, TableNotRead {
            return tried(() -> {
                floe.snapshot.Chunk read = chunks.next(mysql, Place.parse(part), size);
                size = read.size();
                return new Chunk(
                        layout,
                        read.rows(),
                        read.last() ? Optional.empty() : Optional.of(read.next().text()));
            });
        }

        private static <T> T tried(Step<T> step) throws SQLException, TableNotRead {
            try {
                return step.take();
            } catch (SetAside e) {
                throw new TableNotRead(e.getMessage(), false);
            } catch (DefinitionChanged e) {
                throw changed();
            } catch (TableGone e) {
                throw gone();
            }
        }

        @Override
        public void close() {
            end(mysql);
        }
    }

    private interface Step<T> {

        T take() throws SQLException, SetAside, DefinitionChanged, TableGone;
    }
}
