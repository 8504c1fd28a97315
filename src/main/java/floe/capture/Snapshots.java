package floe.capture;

import floe.change.TableId;
import floe.state.TableSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The snapshots of tables that are under way: they read and have stored what they read, and the loop decides when one begins
 * and has ended.
 *
 * <p>Safe for use by several threads.
 */
public interface Snapshots extends AutoCloseable {

    /** Takes what was read. */
    interface Store {

        /**
         * Has the events of a snapshot stored, in order and after those that were given before.
         *
         * @param stored called once they are, before that is saved, with what could not be written: why, without any value
         *     of a row; empty if all was
         * @throws RuntimeException if nothing is stored any more, which the loop says
         */
        void store(List<BinlogEvent> events, Consumer<Optional<String>> stored) throws InterruptedException;

        /** There is an outcome, which need not wait for the next events of the binlog. */
        void came();
    }

    /** What came of a snapshot. */
    sealed interface Outcome {

        /** As far as it came. */
        TableSnapshot snapshot();

        /**
         * How long nothing was read of it since this process knows of it: while it waited for its turn, for its hours, or until
         * the stream had caught up.
         */
        Duration waited();
    }

    /** The table is read whole, and all of it is stored. */
    record Read(TableSnapshot snapshot, Duration waited) implements Outcome {}

    /** The table became another one while it was read: it must be read from its beginning. */
    record Changed(TableSnapshot snapshot, Duration waited) implements Outcome {}

    /**
     * The table cannot be read.
     *
     * @param why without any value of a row
     */
    record NotRead(TableSnapshot snapshot, Duration waited, String why) implements Outcome {}

    /** These snapshots are saved, and no others: those that do not run yet begin, and those that are gone end. */
    void run(List<TableSnapshot> saved);

    /** The same snapshots, as far as they are stored now. */
    List<TableSnapshot> now(Collection<TableSnapshot> saved);

    /** What each of them does, by table. */
    Map<TableId, String> doing();

    /** What came since the last call. */
    List<Outcome> outcomes();

    /** Ends the reading; nothing is given to be stored once this returns. */
    @Override
    void close();
}
