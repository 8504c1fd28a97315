package floe.snapshot;

import floe.binlog.TableLayout;
import floe.change.TableShape;
import floe.state.TableSnapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the rows of tables, beside whatever reads the binlog. */
interface TableSource {

    /**
     * Connects, and returns once what is to be read shows all transactions of the snapshot.
     *
     * @param server the {@code server_uuid} of the server that the binlog is read from
     * @param waiting is told what it waits for
     * @throws SQLException if the connection cannot be had or is lost, or somebody has locked the table: to be tried again
     * @throws TableNotRead if this table cannot be read
     */
    Reading open(TableSnapshot snapshot, String server, Consumer<String> waiting)
            throws SQLException, TableNotRead, InterruptedException;

    /** The reading of one table, on one connection; for use by one thread, but for {@link #close}. */
    interface Reading extends AutoCloseable {

        /** The table as it is read. */
        TableShape shape();

        /** What tells this definition of the table from others. */
        String definition();

        /** How many rows it has, as MySQL estimates it. */
        long estimate();

        /**
         * Where reading begins, in words that only this source understands: in as many parts at most as can be read at the
         * same time.
         */
        List<String> parts(int most) throws SQLException, TableNotRead;

        /** The rows of a part from there on, as many as MySQL gives in a moment. */
        Chunk next(String part) throws SQLException, TableNotRead;

        /** Ends the connection at once, whatever runs on it. */
        @Override
        void close();
    }

    /**
     * Rows of a table.
     *
     * @param next where the part goes on; empty at its end
     */
    record Chunk(TableLayout table, List<byte[][]> rows, Optional<String> next) {

        public Chunk {
            rows = List.copyOf(rows);
        }
    }
}
