package floe.capture;

import floe.binlog.RowImages;
import floe.binlog.Sighting;
import floe.binlog.TableLayout;
import floe.change.ChangeType;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.List;

/** Something that a {@link BinlogSource} read, before it has a position. */
public sealed interface SourceEvent {

    /** Something in the binlog that is no row. It comes ahead of all that stands after it, and has no mark of its own. */
    record Seen(Sighting sighting) implements SourceEvent {}

    /** An event after which reading can go on. */
    sealed interface Marked extends SourceEvent {

        /** How far the source has been read with it. */
        Mark mark();
    }

    /** Nothing has happened up to this mark. */
    record Heartbeat(Mark mark) implements Marked {}

    /** Something that has a place in the source. */
    sealed interface Located extends Marked {

        /** Where it comes from. */
        Origin origin();
    }

    /** The part that a row event has in the change of a row's key. */
    enum KeyChange {
        /** The key is as it was. */
        NONE,
        /** It deletes the old key; the write of the new one comes next. */
        DELETES_OLD,
        /** It writes the new key. */
        WRITES_NEW
    }

    /**
     * The change of one row. The cells stand in the order of its table's columns, and nobody may change them.
     *
     * @param type that of a row
     * @param before the cells as they were, for updates and deletes; otherwise null
     * @param after the cells as they are, for updates and writes; otherwise null
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares rows, and a list would be one more object for each.
    record Row(
            TableVersion table,
            ChangeType type,
            Object[] before,
            Object[] after,
            KeyChange keyChange,
            Origin origin,
            Mark mark)
            implements Located {

        /** The cells that the row's key is taken from. */
        public Object[] keyed() {
            return after == null ? before : after;
        }
    }

    /**
     * Changes of rows of one table that stand in one event of the binlog.
     *
     * @param type that of a row
     * @param origin of the first row; the others are counted on from it
     */
    record Rows(TableLayout table, ChangeType type, RowImages images, Origin origin, Mark mark) implements Located {}

    /**
     * Rows that a snapshot read. A cell is the bytes of MySQL's text protocol, by the expressions of
     * {@code floe.encoding.Selects}, or null; nobody may change it.
     */
    record Reads(TableLayout table, List<byte[][]> rows, Origin origin, Mark mark) implements Located {

        public Reads {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A snapshot is complete. Its rows and shapes came before, all of this origin, each with a mark of an empty offset.
     *
     * @param tables those that it read whole; without those that it set aside
     */
    record SnapshotEnd(List<TableId> tables, Origin origin, Mark mark) implements Located {

        public SnapshotEnd {
            tables = List.copyOf(tables);
        }
    }

    /** All rows of a table went at once. */
    record Truncation(TableId table, Origin origin, Mark mark) implements Located {}

    /**
     * One statement changed tables.
     *
     * @param tables as they are after it, whether captured or not; empty if it was about something else
     */
    record Shapes(List<Shape> tables, Origin origin, Mark mark) implements Located {

        public Shapes {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A table as a statement left it.
     *
     * @param definition its columns and its key; null for a table that is gone
     */
    record Shape(TableId table, TableShape definition) {

        /** Whether the table is gone. */
        boolean isDrop() {
            return definition == null;
        }
    }

    /** Whether it is of the binlog, not of a snapshot. */
    default boolean isFromBinlog() {
        return this instanceof Located located && !located.origin().snapshot();
    }
}
