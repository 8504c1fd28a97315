package floe.capture;

import floe.change.TableId;
import floe.change.TablePatterns;
import floe.change.TableShape;
import floe.state.CaptureState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** What reads MySQL: its binlog, or its tables for a snapshot. */
public interface BinlogSource {

    /**
     * What a reading begins with.
     *
     * @param state that it goes on from, with its epoch and the tables that are captured there
     * @param tables to read, also those that come later
     * @param shapes the shape of a table that was sent last, also while it is read; null if there is none
     */
    record Start(CaptureState state, TablePatterns tables, Function<TableId, TableShape> shapes) {}

    /**
     * Makes ready to read.
     *
     * @param mysql to look at the captured tables; it is not kept
     * @throws CaptureFailed if it cannot read on from there
     * @throws IOException if what it keeps itself cannot be read or written
     */
    Reading from(Start start, Connection mysql) throws IOException, SQLException;

    /** One reading, from a saved place until it is closed, fails, or has read all there is. */
    interface Reading {

        /**
         * Reads, on this thread and others, until it is closed or has nothing more to read; returns at once where that has
         * happened already.
         *
         * @throws CaptureFailed if reading ended for another reason, as a rule one that a new reading mends
         */
        void run(Reader reader);

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
