package floe.debezium;

import floe.binlog.BinlogPlace;
import floe.binlog.BinlogStatement;
import floe.binlog.EventTypes;
import floe.binlog.Gtid;
import floe.binlog.GtidSet;
import floe.binlog.Payload;
import floe.binlog.RawEvent;
import floe.binlog.Rotation;
import floe.binlog.RowImages;
import floe.binlog.RowsEvent;
import floe.binlog.Sighting;
import floe.binlog.Statement;
import floe.binlog.TableLayout;
import floe.binlog.TableMap;
import floe.binlog.UnreadableEvent;
import floe.capture.CaptureFailed;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.TableId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Reads what the events of the binlog say, one after the other: rows of captured tables, and whatever else changes these.
 * What concerns one table sets that one aside; what concerns more, and cannot be read, ends the reading before anything
 * after it is given.
 *
 * <p>For use by one thread.
 */
final class BinlogReader {

    private final CurrentTables captured;
    private final Tables tables;
    private final IntFunction<String> charsets;
    private final boolean exactNames;
    private final int mostBytes;

    private final StatementEffects effects;
    private final KeylessRows keyless;

    private final GtidSet done;
    private final Map<Long, Mapped> mapped = new HashMap<>();
    private final Set<TableId> inTransaction = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    private String file;
    private long lastNext;
    private long wrapped;
    private String gtid;
    private long committedMillis;
    /** Whether statements are part of a transaction that goes on after them. */
    private boolean begun;
    /** Whether the last transaction has ended and no other has begun, as at the place where reading begins. */
    private boolean between = true;

    private boolean skipping;
    private String xid;
    /** Where the last transaction ended, and up to when all is read that was committed. */
    private boolean ended;

    private long reached;
    private long reachedMillis;
    private long writtenMillis;

    /** What row events mean by a number; the layout is null for a table whose rows are passed over. */
    private record Mapped(TableId table, TableLayout layout) {}

    /** Where an event stands: all events of a compressed transaction stand at the one place of it. */
    private final class Place {

        private final long start;
        private final long millis;
        private final boolean counted;
        private long nextRow = 1;

        Place(RawEvent event, boolean counted) {
            this.start = event.start() + wrapped;
            this.millis = event.millis();
            this.counted = counted;
        }

        BinlogPlace binlog() {
            return new BinlogPlace(file, start, gtid, millis);
        }

        /** That of a whole table: after the rows that stand at the same place. */
        Origin whole() {
            return origin(nextRow - 1);
        }

        StatementEffects.Told told(List<SourceEvent> into) {
            return new StatementEffects.Told(binlog(), whole(), into);
        }

        /** What becomes of rows of tables whose key Floe makes, where this stands. */
        KeylessRows.Given given(List<SourceEvent> into) {
            return new KeylessRows.Given() {
                @Override
                public void rows(TableLayout table, ChangeType type, RowImages images, int count, long number) {
                    into.add(new SourceEvent.Rows(table, type, images, origin(nextRow), number));
                    nextRow += count;
                }

                @Override
                public void doubtful(TableId table) {
                    unseen(
                            Set.of(table),
                            "rows without a key, of which some were equal while a transaction ran",
                            Place.this,
                            into);
                }
            };
        }

        Origin origin(long row) {
            return new Origin(file, start, row, gtid, committedMillis > 0 ? committedMillis : millis, false);
        }
    }

    /**
     * @param captured the tables whose rows are read
     * @param done the transactions that were read before; those among them that come again are passed over
     * @param charsets the name of the character set of a collation's number; null if nobody knows it
     * @param exactNames whether the server tells names apart that differ in case
     * @param mostBytes of an event; of a larger one only the beginning is kept
     */
    BinlogReader(
            CurrentTables captured,
            GtidSet done,
            Tables tables,
            IntFunction<String> charsets,
            boolean exactNames,
            int mostBytes) {
        this.captured = captured;
        this.done = done;
        this.tables = tables;
        this.charsets = charsets;
        this.exactNames = exactNames;
        this.mostBytes = mostBytes;
        this.effects = new StatementEffects(captured, tables);
        this.keyless = new KeylessRows(mostBytes);
    }

    /**
     * Reads the next event.
     *
     * @param into takes what it says
     * @throws CaptureFailed if it cannot be read, and nobody can tell which table it is about
     */
    void read(RawEvent event, List<SourceEvent> into) {
        try {
            ended = false;
            follow(event);
            read(event, new Place(event, false), into);
        } catch (UnreadableEvent e) {
            throw new CaptureFailed(
                    "The binlog cannot be read at " + file + ", offset " + (event.start() + wrapped) + ", event type "
                            + event.type() + ": " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new CaptureFailed(
                    "The compressed transaction at " + file + ", offset " + (event.start() + wrapped)
                            + " cannot be inflated",
                    e);
        }
    }

    /** Offsets in a file beyond 4 GB begin again from 0. */
    private void follow(RawEvent event) {
        if (event.next() > 0 && !EventTypes.isSentOnly(event.type())) {
            if (event.next() < lastNext) {
                wrapped += 1L << 32;
            }
            lastNext = event.next();
        }
    }

    /** Whether a transaction has ended with the event that was read last, or there is nothing more to read. */
    boolean hasEnded() {
        return ended;
    }

    /** How far reading has come with the last transaction that has ended. */
    SourceEvent.Progress progress() {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("file", file);
        place.put("pos", reached);
        place.put("gtids", done.toString());
        if (writtenMillis > 0) {
            place.put("ts_sec", writtenMillis / 1000);
        }
        return new SourceEvent.Progress(place, OptionalLong.of(reachedMillis));
    }

    private void read(RawEvent event, Place place, List<SourceEvent> into) throws IOException {
        switch (event.type()) {
            case EventTypes.ROTATE -> rotate(event);
            case EventTypes.GTID, EventTypes.ANONYMOUS_GTID, EventTypes.GTID_TAGGED -> begin(Gtid.read(event));
            case EventTypes.HEARTBEAT, EventTypes.HEARTBEAT_V2 -> {
                if (between && file != null) {
                    reach(lastNext + wrapped, System.currentTimeMillis());
                }
            }
            case EventTypes.TABLE_MAP -> describe(event, place, into);
            case EventTypes.WRITE_ROWS,
                    EventTypes.UPDATE_ROWS,
                    EventTypes.DELETE_ROWS,
                    EventTypes.WRITE_ROWS_V1,
                    EventTypes.UPDATE_ROWS_V1,
                    EventTypes.DELETE_ROWS_V1 -> rows(event, place, into);
            case EventTypes.PARTIAL_UPDATE_ROWS -> {
                Mapped table = mapped.get(TableMap.number(event));
                if (table != null) {
                    unseen(
                            Set.of(table.table()),
                            "UPDATE of parts of JSON documents (binlog_row_value_options=PARTIAL_JSON)",
                            place,
                            into);
                }
            }
            case EventTypes.QUERY -> statement(Statement.read(event, charsets), event, place, into);
            case EventTypes.XID -> end(event, place, into);
            case EventTypes.XA_PREPARE -> prepared(event, place, into);
            case EventTypes.TRANSACTION_PAYLOAD -> payload(event, into);
            case EventTypes.FORMAT_DESCRIPTION,
                    EventTypes.STOP,
                    EventTypes.INTVAR,
                    EventTypes.RAND,
                    EventTypes.USER_VAR,
                    EventTypes.ROWS_QUERY,
                    EventTypes.PREVIOUS_GTIDS,
                    EventTypes.TRANSACTION_CONTEXT,
                    EventTypes.VIEW_CHANGE -> {
                // Nothing that changes a row; what a statement's variables were counts only with the statement.
            }
            default -> {
                if (!event.mayBeIgnored()) {
                    unseen(captured.all(), unknown(event.type()), place, into);
                }
            }
        }
    }

    private static String unknown(int type) {
        return switch (type) {
            case EventTypes.INCIDENT -> "INCIDENT: the binlog itself says that it may lack changes";
            case EventTypes.BEGIN_LOAD_QUERY, EventTypes.APPEND_BLOCK, EventTypes.EXECUTE_LOAD_QUERY ->
                "LOAD DATA as a statement instead of rows (binlog_format)";
            default -> "an event of the binlog that nobody reads (type " + type + ")";
        };
    }

    private void rotate(RawEvent event) {
        Rotation next = Rotation.read(event);
        if (!next.file().equals(file)) {
            file = next.file();
            mapped.clear();
        }
        wrapped = (next.offset() >>> 32) << 32;
        lastNext = next.offset() & 0xffff_ffffL;
    }

    private void begin(Gtid next) {
        gtid = next.text();
        committedMillis = next.committedMillis();
        xid = null;
        inTransaction.clear();
        told.clear();
        mapped.clear();
        begun = false;
        between = false;
        keyless.begin();
        skipping = gtid != null && done.contains(gtid);
    }

    /** The transaction has ended with this event. */
    private void end(RawEvent event, Place place, List<SourceEvent> into) {
        keyless.end(place.given(into));
        if (gtid != null) {
            done.add(gtid);
        }
        long millis = committedMillis > 0 ? committedMillis : event.millis();
        begun = false;
        between = true;
        skipping = false;
        gtid = null;
        writtenMillis = event.millis();
        reach(event.next() + wrapped, millis);
    }

    private void reach(long offset, long committed) {
        reached = offset;
        reachedMillis = committed;
        ended = true;
    }

    private void describe(RawEvent event, Place place, List<SourceEvent> into) {
        TableId table = TableMap.table(event);
        if (!captured.contains(table)
                && !(captured.isUnknown(table) && !skipping && effects.comes(table, place.told(into)))) {
            mapped.remove(TableMap.number(event));
            if (effects.cascades().isParent(table)) {
                mapped.put(TableMap.number(event), new Mapped(table, null));
            }
            return;
        }
        inTransaction.add(table);
        if (skipping) {
            mapped.put(TableMap.number(event), new Mapped(table, null));
            return;
        }
        Tables.Described described = tables.describe(table, event);
        described.newShape().ifPresent(shape -> into.add(new SourceEvent.Shape(table, shape, place.whole())));
        if (described.unreadable() != null) {
            unseen(Set.of(table), "its rows cannot be read: " + described.unreadable(), place, into);
        }
        mapped.put(TableMap.number(event), new Mapped(table, described.layout()));
    }

    private void rows(RawEvent event, Place place, List<SourceEvent> into) {
        Mapped table = mapped.get(TableMap.number(event));
        if (table == null || skipping) {
            return;
        }
        if (table.layout() == null) {
            cascade(table, RowsEvent.type(event), null, place, into);
            return;
        }
        if (!event.isWhole()) {
            cascade(table, RowsEvent.type(event), null, place, into);
            unseen(
                    Set.of(table.table()),
                    "a row of " + event.size() + " bytes; capture.row-bytes allows " + mostBytes,
                    place,
                    into);
            return;
        }
        try {
            RowsEvent rows = RowsEvent.read(event);
            if (!rows.whole()) {
                cascade(table, rows.type(), null, place, into);
                unseen(
                        Set.of(table.table()),
                        "rows without all of their columns (binlog_row_image other than FULL)",
                        place,
                        into);
                return;
            }
            if (rows.columns() != table.layout().columns().size()) {
                throw new UnreadableEvent("an event has " + rows.columns() + " columns where the table has "
                        + table.layout().columns().size());
            }
            cascade(table, rows.type(), rows.images(), place, into);
            if (table.layout().made() != null) {
                keyless.take(table.layout(), rows.type(), rows.images(), place.given(into));
                return;
            }
            into.add(new SourceEvent.Rows(table.layout(), rows.type(), rows.images(), place.origin(place.nextRow)));
            if (place.counted) {
                place.nextRow += rows.images().count(table.layout(), rows.type() == ChangeType.UPDATE ? 2 : 1);
            }
        } catch (UnreadableEvent e) {
            unseen(Set.of(table.table()), "its rows cannot be read: " + e.getMessage(), place, into);
        }
    }

    /** What MySQL changed along with these rows is not in the binlog. */
    private void cascade(Mapped parent, ChangeType type, RowImages images, Place place, List<SourceEvent> into) {
        Cascades cascades = effects.cascades();
        if (cascades.isParent(parent.table())) {
            Set<TableId> changed = new HashSet<>(cascades.of(parent.table(), type, parent.layout(), images));
            changed.retainAll(captured.all());
            unseen(changed, "rows of " + parent.table() + " changed, and a foreign key cascades", place, into);
        }
    }

    private void payload(RawEvent event, List<SourceEvent> into) throws IOException {
        Place place = new Place(event, true);
        try (Payload payload = new Payload(event, mostBytes)) {
            for (Optional<RawEvent> inner = payload.next(); inner.isPresent(); inner = payload.next()) {
                // Its end is that of the payload.
                if (inner.get().type() != EventTypes.XID) {
                    read(inner.get(), place, into);
                }
            }
        }
        end(event, place, into);
    }

    private void statement(Statement query, RawEvent event, Place place, List<SourceEvent> into) {
        String sql = query.sql() == null ? null : query.sql().trim();
        if (sql == null) {
            if (!skipping) {
                // It may name any schema.
                unseen(captured.all(), "a statement whose characters Floe cannot read", place, into);
            }
        } else if (sql.equals("BEGIN")) {
            begun = true;
            return;
        } else if (sql.startsWith("XA START ")) {
            // MySQL writes these itself, and an XID always in the same form.
            xid = sql.substring("XA START ".length());
            begun = true;
            return;
        } else if (sql.startsWith("XA END ")) {
            return;
        } else if (sql.startsWith("XA COMMIT ")) {
            ended(sql.substring("XA COMMIT ".length()), true, place, into);
        } else if (sql.startsWith("XA ROLLBACK ")) {
            ended(sql.substring("XA ROLLBACK ".length()), false, place, into);
        } else if (!skipping) {
            BinlogStatement statement = BinlogStatement.parse(query, exactNames);
            unseen(statement.tables(captured.all(), inTransaction), statement.what(), place, into);
            effects.follow(statement, gtid, place.told(into));
        }
        // A savepoint, or a statement that stands for its rows, is in the middle of a transaction.
        if (!begun || "COMMIT".equals(sql) || "ROLLBACK".equals(sql)) {
            end(event, place, into);
        }
    }

    private void prepared(RawEvent event, Place place, List<SourceEvent> into) {
        boolean onePhase = event.body().u1() != 0;
        if (xid != null && !onePhase && !skipping) {
            seen(new Sighting.Prepared(xid, inTransaction, place.binlog()), into);
        }
        end(event, place, into);
    }

    private void ended(String prepared, boolean committed, Place place, List<SourceEvent> into) {
        if (!skipping) {
            seen(new Sighting.Ended(prepared, committed, place.binlog()), into);
        }
    }

    private void unseen(Set<TableId> changed, String what, Place place, List<SourceEvent> into) {
        // Once a transaction: it may have millions of such events.
        if (!changed.isEmpty() && !skipping && told.add(what + changed)) {
            seen(new Sighting.Unseen(changed, what, place.binlog()), into);
        }
    }

    private static void seen(Sighting sighting, List<SourceEvent> into) {
        into.add(new SourceEvent.Seen(sighting));
    }
}
