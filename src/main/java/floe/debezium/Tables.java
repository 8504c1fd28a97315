package floe.debezium;

import floe.binlog.GtidSet;
import floe.binlog.RawEvent;
import floe.binlog.TableLayout;
import floe.binlog.TableLayouts;
import floe.binlog.TableMap;
import floe.binlog.UnreadableEvent;
import floe.capture.CaptureFailed;
import floe.change.TableId;
import floe.change.TableShape;
import floe.mysql.CascadingKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The captured tables as the binlog shows them, each version of them once, and their shapes: as MySQL has them now, or as their
 * rows have them where it has been changed since.
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
    /** Tables as MySQL had them when reading began, until something else is known of them. */
    private final Map<TableId, TableShape> atStart;

    /** What MySQL said last of each table. */
    private final Map<TableId, Definition> latest = new HashMap<>();

    /** Where MySQL's own definitions come from. */
    interface Definitions {

        /** How the table is defined now. */
        Definition now(TableId table);

        /** Returns when a transaction can be seen by {@link #now}, or is not seen in a reasonable time. */
        void waitFor(String gtid);

        /** The tables among these that are there, each with the reason why it cannot be captured; empty if it can. */
        Map<TableId, Optional<String>> look(Set<TableId> tables);

        /** The foreign keys that change tables which are to be read again then; none where such tables are set aside. */
        List<CascadingKey> cascades();

        /** Whether the server writes full metadata now. */
        boolean metadataIsFull();
    }

    /**
     * How a table is defined.
     *
     * @param shape null if it is not there
     * @param executed the transactions that this may show, and maybe more
     */
    record Definition(TableShape shape, GtidSet executed) {}

    /** A table by its last description, or the reason why it cannot be read. */
    private record Known(RawEvent map, TableLayout layout, String unreadable) {}

    /**
     * @param sent the shape of a table that was sent last, by whomever; null if there is none
     * @param atStart the tables as MySQL has them now: asked for together, as each would be at its first change
     * @param executed the transactions that these may show
     */
    Tables(
            Definitions definitions,
            TableLayouts layouts,
            Function<TableId, TableShape> sent,
            Map<TableId, TableShape> atStart,
            GtidSet executed) {
        this.definitions = definitions;
        this.layouts = layouts;
        this.sent = sent;
        this.atStart = new HashMap<>(atStart);
        atStart.forEach((table, shape) -> latest.put(table, new Definition(shape, executed)));
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
            TableLayout layout = layouts.layout(read, now);
            version = new Known(map, layout, null);
            boolean isNow = TableLayouts.isLike(read, now) && TableLayouts.hasTypesOf(layout, now);
            // Whoever applies its rows waits for a shape that has their columns and their key.
            newShape = changed(table, isNow ? now : TableLayouts.shape(layout, last(table), now));
        } catch (UnreadableEvent e) {
            version = new Known(map, null, e.getMessage());
        }
        known.put(table, version);
        return new Described(version.layout(), version.unreadable(), newShape);
    }

    /** The table was dropped: one that is made by its name is another one. */
    void dropped(TableId table) {
        forget(table);
        given.put(table, null);
    }

    /**
     * Which of these tables are there, each with the reason why it cannot be captured; empty if it can.
     *
     * @param gtid of what is to be seen of them; null if nothing need be
     */
    Map<TableId, Optional<String>> look(Set<TableId> names, String gtid) {
        waitFor(gtid);
        return definitions.look(names);
    }

    /** Which tables change along with others now. */
    Cascades cascades() {
        return new Cascades(definitions.cascades());
    }

    private void waitFor(String gtid) {
        if (gtid != null) {
            definitions.waitFor(gtid);
        }
    }

    /**
     * What a statement about the table left of it.
     *
     * @param before how it was; null if that is not known, as what is known may show this statement or one after it
     * @param now how it is; null if it is gone
     * @param isNew whether it is to be told
     */
    record After(TableShape before, TableShape now, boolean isNew) {}

    /** How the table is after a statement, by the time that this is asked or later. */
    After after(TableId table, String gtid) {
        waitFor(gtid);
        // What is like it may be read in another way now: its key may be another one.
        forget(table);
        Definition last = latest.get(table);
        TableShape before = last == null || gtid == null || last.executed().contains(gtid) ? null : last.shape();
        TableShape now = now(table);
        if (now == null) {
            given.put(table, null);
            return new After(before, null, false);
        }
        return new After(before, now, changed(table, now).isPresent());
    }

    private TableShape now(TableId table, TableMap map) {
        TableShape early = atStart.remove(table);
        return TableLayouts.isLike(map, early) ? early : now(table);
    }

    private TableShape now(TableId table) {
        Definition now = definitions.now(table);
        latest.put(table, now);
        return now.shape();
    }

    private void forget(TableId table) {
        known.remove(table);
        atStart.remove(table);
    }

    private Optional<TableShape> changed(TableId table, TableShape now) {
        boolean same = now.equals(last(table));
        given.put(table, now);
        return same ? Optional.empty() : Optional.of(now);
    }

    private TableShape last(TableId table) {
        return given.containsKey(table) ? given.get(table) : sent.apply(table);
    }
}
