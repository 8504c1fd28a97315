package floe.binlog;

import floe.change.TableId;
import java.util.Set;

/**
 * Something in the binlog that does not come as the change of a row. It travels among the changes, ahead of all that stands
 * after it in the binlog.
 */
public sealed interface Sighting {

    /** Where in the binlog. */
    BinlogPlace at();

    /**
     * Something changed tables, and the binlog does not hold the rows.
     *
     * @param tables captured ones; never empty
     * @param what without any value of a row
     */
    record Unseen(Set<TableId> tables, String what, BinlogPlace at) implements Sighting {

        public Unseen {
            tables = Set.copyOf(tables);
        }
    }

    /**
     * A transaction was prepared. Its rows were in the binlog, and were sent on as if it had been committed.
     *
     * @param xid as MySQL prints it
     * @param tables the captured tables that it changed; empty if none
     */
    record Prepared(String xid, Set<TableId> tables, BinlogPlace at) implements Sighting {

        public Prepared {
            tables = Set.copyOf(tables);
        }
    }

    /**
     * A prepared transaction ended.
     *
     * @param committed whether it was committed, not rolled back
     */
    record Ended(String xid, boolean committed, BinlogPlace at) implements Sighting {}

    /**
     * A table is captured from here on.
     *
     * @param unread why it has rows that did not come before this; null if it has none
     */
    record Arrived(TableId table, String unread, BinlogPlace at) implements Sighting {}

    /** A table is not there any more: it was dropped, or has another name. */
    record Left(TableId table, BinlogPlace at) implements Sighting {}

    /**
     * A table cannot be captured as it is from here on.
     *
     * @param why and what to do, without any value of a row
     */
    record SetAside(TableId table, String why, BinlogPlace at) implements Sighting {}
}
