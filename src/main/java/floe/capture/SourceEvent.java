package floe.capture;

import floe.binlog.RowImages;
import floe.binlog.Sighting;
import floe.binlog.TableLayout;
import floe.change.ChangeType;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Something that a {@link BinlogSource} read, before it has a position. */
public sealed interface SourceEvent {

    /**
     * All that stands before it was given whole: reading can go on from here.
     *
     * @param offset what to save for that; never empty, and never to be changed
     * @param committed all that was committed before this time, in milliseconds since 1970 (UTC), came no later; empty if
     *     nobody knows
     */
    record Progress(Map<String, Object> offset, OptionalLong committed) implements SourceEvent {

        public Progress {
            offset = Map.copyOf(offset);
        }
    }

    /** Something in the binlog that is no row. It counts once the {@link Progress} after it is saved. */
    record Seen(Sighting sighting) implements SourceEvent {}

    /** Something that has a place in the source. */
    sealed interface Located extends SourceEvent {

        /** Where it comes from. */
        Origin origin();
    }

    /**
     * Changes of rows of one table that stand in one event of the binlog.
     *
     * @param type that of a row
     * @param origin of the first row; the others are counted on from it
     * @param number of the first row among those of its table in its transaction, from 1, where each row is kept for
     *     itself; otherwise 0
     */
    record Rows(TableLayout table, ChangeType type, RowImages images, Origin origin, long number) implements Located {

        /** Rows of a table that has a key of its own. */
        public Rows(TableLayout table, ChangeType type, RowImages images, Origin origin) {
            this(table, type, images, origin, 0);
        }
    }

    /**
     * Rows that a snapshot read. A cell is the bytes of MySQL's text protocol, by the expressions of
     * {@code floe.encoding.Selects}, or null; nobody may change it.
     */
    record Reads(TableLayout table, List<byte[][]> rows, Origin origin) implements Located {

        public Reads {
            rows = List.copyOf(rows);
        }
    }

    /** All rows of a table went at once. */
    record Truncation(TableId table, Origin origin) implements Located {}

    /**
     * A captured table as a statement left it, or as a snapshot found it.
     *
     * @param shape its columns and its key; null for a table that is gone
     */
    record Shape(TableId table, TableShape shape, Origin origin) implements Located {}

    /** A snapshot of these tables begins: rows of it may follow. All of a snapshot has one origin, that at which it began. */
    record SnapshotBegin(List<TableId> tables, Origin origin) implements Located {

        public SnapshotBegin {
            tables = List.copyOf(tables);
        }
    }

    /** A snapshot of these tables was given up: nothing of it follows. */
    record SnapshotCancelled(List<TableId> tables, Origin origin) implements Located {

        public SnapshotCancelled {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A snapshot has read these tables whole. On each lane it must stand behind all rows of the snapshot: those of
     * batches before it do once they are stored, while lines of one batch may overtake each other.
     */
    record SnapshotEnd(List<TableId> tables, Origin origin) implements Located {

        public SnapshotEnd {
            tables = List.copyOf(tables);
        }
    }
}
