package floe.debezium;

import floe.binlog.RawEvent;
import floe.binlog.TableLayout;
import floe.binlog.TableLayouts;
import floe.binlog.TableMap;
import floe.binlog.UnreadableEvent;
import floe.capture.CaptureFailed;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The captured tables as the binlog shows them, each version of them once, and their shapes as MySQL has them now.
 *
 * <p>For use by one thread.
 */
final class Tables {

    private final Definitions definitions;
    private final TableLayouts layouts;
    private final Map<TableId, Known> known = new HashMap<>();
    /** The shapes that this reading gave last, null for a table that is gone. */
    private final Map<TableId, TableShape> given = new HashMap<>();

    private final Function<TableId, TableShape> sent;
    private final Set<TableId> gone = new HashSet<>();
    /** Tables as MySQL had them when reading began, until something else is known of them. */
    private final Map<TableId, TableShape> atStart;

    /** Where MySQL's own definitions come from. */
    interface Definitions {

        /** How the table is defined now; null if it is not there. */
        TableShape now(TableId table);

        /** Returns when a transaction can be seen by {@link #now}, or is not seen in a reasonable time. */
        void waitFor(String gtid);

        /** Whether the server writes full metadata now. */
        boolean metadataIsFull();
    }

    /** A table by its last description, or the reason why it cannot be read. */
    private record Known(RawEvent map, TableLayout layout, String unreadable) {}

    /**
     * @param sent the shape of a table that was sent last, by whomever; null if there is none
     * @param atStart the tables as MySQL has them now: asked for together, as each would be at its first change
     */
    Tables(
            Definitions definitions,
            TableLayouts layouts,
            Function<TableId, TableShape> sent,
            Map<TableId, TableShape> atStart) {
        this.definitions = definitions;
        this.layouts = layouts;
        this.sent = sent;
        this.atStart = new HashMap<>(atStart);
    }

    /** What a description says, and what follows from it. */
    record Described(TableLayout layout, String unreadable, Optional<TableShape> newShape) {}

    /**
     * The table that this event describes.
     *
     * @throws CaptureFailed if the server does not describe tables in full
     */
    Described describe(TableId table, RawEvent map) {
        Known last = known.get(table);
        if (last != null && TableMap.saySame(last.map(), map)) {
            return new Described(last.layout(), last.unreadable(), Optional.empty());
        }
        Optional<TableShape> newShape = Optional.empty();
        Known version;
        try {
            TableMap read = TableMap.read(map);
            TableShape now = now(table, read);
            if (!read.full() && !definitions.metadataIsFull()) {
                throw new CaptureFailed("binlog_row_metadata is not FULL, so the binlog does not say what its rows are;"
                        + " run SET PERSIST binlog_row_metadata = FULL, or set it in the RDS parameter group: it needs no"
                        + " restart");
            }
            version = new Known(map, layouts.layout(read, now), null);
            if (TableLayouts.isLike(read, now)) {
                newShape = changed(table, now);
            }
        } catch (UnreadableEvent e) {
            version = new Known(map, null, e.getMessage());
        }
        known.put(table, version);
        return new Described(version.layout(), version.unreadable(), newShape);
    }

    /**
     * The table was dropped: one that is made by its name is another one.
     *
     * @return whether it was there, as far as is known
     */
    boolean dropped(TableId table) {
        forget(table);
        given.put(table, null);
        return gone.add(table);
    }

    /** What a statement about the table left of it. */
    record After(boolean gone, Optional<TableShape> newShape) {}

    /** How the table is after a statement, by the time that this is asked or later. */
    After after(TableId table, String gtid) {
        if (gtid != null) {
            definitions.waitFor(gtid);
        }
        // What is like it may be read in another way now: its key may be another one.
        forget(table);
        TableShape now = definitions.now(table);
        if (now == null) {
            boolean wasThere = last(table) != null;
            given.put(table, null);
            return new After(wasThere, Optional.empty());
        }
        return new After(false, changed(table, now));
    }

    private TableShape now(TableId table, TableMap map) {
        TableShape early = atStart.remove(table);
        return TableLayouts.isLike(map, early) ? early : definitions.now(table);
    }

    private void forget(TableId table) {
        known.remove(table);
        atStart.remove(table);
    }

    private Optional<TableShape> changed(TableId table, TableShape now) {
        gone.remove(table);
        boolean same = now.equals(last(table));
        given.put(table, now);
        return same ? Optional.empty() : Optional.of(now);
    }

    private TableShape last(TableId table) {
        return given.containsKey(table) ? given.get(table) : sent.apply(table);
    }
}
