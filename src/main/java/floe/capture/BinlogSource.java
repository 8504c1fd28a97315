package floe.capture;

import floe.change.TableId;
import floe.state.CaptureState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What reads MySQL's binlog, and takes snapshots. */
public interface BinlogSource {

    /**
     * Makes ready to read from {@code start}, which is to be saved before the reading runs.
     *
     * @param tables those to capture; never empty
     * @param mysql to look at the tables; it is not kept
     * @throws CaptureFailed if it cannot read on from there
     * @throws IOException if what it keeps itself cannot be read or written
     */
    Reading from(CaptureState start, Set<TableId> tables, Connection mysql) throws IOException, SQLException;

    /** One reading, from a saved place until it is closed or fails. */
    interface Reading {

        /**
         * Reads, on this thread and others, until it is closed; returns at once where that has happened already.
         *
         * @throws CaptureFailed if reading ended for another reason, as a rule one that a new reading mends
         */
        void run(Reader reader);

        /** Makes what it keeps of the tables' shapes survive a power cut: called before what comes after them is saved. */
        void keepShapes();

        /** Ends it. */
        void close();

        /** Ends it because of {@code reason}, with which {@link #run} then fails. */
        void fail(String reason);
    }

    /** Whom a reading tells. */
    interface Reader {

        /** It is connected, and reads. */
        void reading();

        /** It does not read any more. */
        void stopped();

        /**
         * The next events, in order. Nothing more is given before this returns; where it throws, the reading ends.
         */
        void take(List<SourceEvent> batch) throws InterruptedException;
    }
}
