package floe.capture;

import floe.binlog.BinlogPlace;
import floe.binlog.GtidSet;
import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import floe.state.CaptureState;
import floe.state.TableSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One reading: gives each event its position, and says what to save once a batch is acknowledged. It has an epoch of its
 * own, so that whatever is read again counts as newer than what was read before.
 *
 * <p>Not safe for use by several threads at once.
 */
final class CaptureSession {

    private CaptureState state;
    private Position previous;
    /** Snapshots that began at the place up to which all was read. */
    private long begunHere;

    private Map<String, Object> begunAt = Map.of();
    private final List<Sighting> sightings = new ArrayList<>();
    /** Where a row was written last, of tables in which each is kept for itself. */
    private final Map<TableId, Position> appended = new HashMap<>();

    /**
     * @param saved what the last run left
     * @param utcSecond the clock, in seconds since 1970
     */
    CaptureSession(CaptureState saved, LongSupplier utcSecond) {
        this.state = saved.withEpoch(nextEpoch(saved.epoch(), utcSecond));
    }

    /** An epoch that is above {@code last}, even where the clock was set back. */
    static long nextEpoch(long last, LongSupplier utcSecond) {
        return Math.max(utcSecond.getAsLong(), last + 1);
    }

    /** What to save once all events of the batches accepted so far are acknowledged. */
    CaptureState state() {
        return state;
    }

    /**
     * The events of a batch, in order.
     *
     * @throws UncomparablePositions if a position is not above the one before it
     */
    List<BinlogEvent> accept(List<SourceEvent> batch) {
        List<BinlogEvent> events = new ArrayList<>(batch.size());
        for (SourceEvent event : batch) {
            if (event instanceof SourceEvent.Seen seen) {
                sightings.add(seen.sighting());
            } else if (event instanceof SourceEvent.Progress progress) {
                state = state.at(previous == null ? state.position() : previous.toString(), progress.offset());
                acceptSightings();
            } else {
                SourceEvent.Located located = (SourceEvent.Located) event;
                Position position = advance(located);
                if (located instanceof SourceEvent.Rows rows && rows.number() > 0) {
                    appended.put(rows.table().id(), position);
                }
                events.add(new BinlogEvent(located, state.server(), position));
            }
        }
        return events;
    }

    /**
     * The first snapshots: of tables from which nothing was read before. They stand below all that comes of the binlog.
     *
     * @param file that the binlog is read from
     * @param gtids the transactions that are executed, all of which show in the tables
     * @param end of the binlog, asked for after them
     */
    void beginFirst(Collection<TableId> first, String file, String gtids, BinlogPlace end) {
        Origin origin = new Origin(file, BinlogPlace.FIRST_OFFSET, 0, null, end.millis(), true);
        state = state.beginningAt(file, gtids, end);
        begin(first, origin);
    }

    /**
     * Snapshots of these tables begin where all was read up to now, in place of those of them that are under way. They count
     * once the state is saved.
     *
     * @return what to tell of it
     */
    BinlogEvent begin(Collection<TableId> again, Instant now) {
        begunHere = state.offset().equals(begunAt) ? begunHere + 1 : 0;
        begunAt = state.offset();
        return begin(again, Origin.beside(place(now), begunHere));
    }

    private BinlogEvent begin(Collection<TableId> begun, Origin origin) {
        Position position = origin.position(state.epoch());
        String gtids = String.valueOf(state.offset().getOrDefault("gtids", ""));
        Instant now = Instant.ofEpochMilli(origin.millis());
        state = state.beginning(begun.stream()
                .map(table -> TableSnapshot.begin(table, position, origin.file(), gtids, now))
                .toList());
        return told(new SourceEvent.SnapshotBegin(List.copyOf(begun), origin), position);
    }

    /** Tells once more that these have begun, as nobody knows whether it was told. */
    List<BinlogEvent> begun() {
        return state.snapshots().stream()
                .map(snapshot -> told(
                        new SourceEvent.SnapshotBegin(List.of(snapshot.table()), Origin.of(snapshot)),
                        snapshot.began()))
                .toList();
    }

    /** A snapshot has read its table whole, and all of it is acknowledged. */
    BinlogEvent end(TableSnapshot read) {
        state = state.ending(read);
        return told(new SourceEvent.SnapshotEnd(List.of(read.table()), Origin.of(read)), read.began());
    }

    /** A snapshot is given up. */
    BinlogEvent cancel(TableSnapshot given) {
        state = state.without(given);
        return told(new SourceEvent.SnapshotCancelled(List.of(given.table()), Origin.of(given)), given.began());
    }

    /** Whether this table is captured. */
    boolean captures(TableId table) {
        return state.captured().contains(table);
    }

    /** These tables have diverged, by what was found while batches were written. */
    void found(List<Sighting> unreadable) {
        state = setAside(state, unreadable);
    }

    /** A table has diverged, for a reason that is not in the binlog. */
    void setAside(TableId table, String why, Instant now) {
        Sighting seen = new Sighting.Unseen(Set.of(table), why, place(now));
        state = state.after(seen);
    }

    /**
     * Whether a row may have been written to a table, in which each is kept for itself, since a snapshot of it began. Of what
     * came before this reading nobody knows.
     */
    boolean mayHaveWrittenSince(TableSnapshot began) {
        Position last = appended.get(began.table());
        return began.began().epoch() != state.epoch() || (last != null && last.compareTo(began.began()) > 0);
    }

    /** Whether all these transactions were read. */
    boolean hasRead(String gtids) {
        return GtidSet.parse(String.valueOf(state.offset().getOrDefault("gtids", "")))
                .contains(GtidSet.parse(gtids));
    }

    private BinlogPlace place(Instant now) {
        return state.place(now).orElseThrow();
    }

    private BinlogEvent told(SourceEvent.Located event, Position position) {
        return new BinlogEvent(event, state.server(), position);
    }

    /** These tables are set aside by what was found while a batch was written. */
    static CaptureState setAside(CaptureState state, List<Sighting> unreadable) {
        CaptureState after = state;
        for (Sighting sighting : unreadable) {
            after = after.after(sighting);
        }
        return after;
    }

    /** With the place after them: so that each is seen once, or again together with all that stands before that place. */
    private void acceptSightings() {
        state = setAside(state, sightings);
        sightings.clear();
    }

    /** The event's position, which is from now on the previous one. */
    private Position advance(SourceEvent.Located event) {
        Position position = event.origin().position(state.epoch());
        if (previous != null && position.compareTo(previous) <= 0 && !mayRepeat(event, position)) {
            throw new UncomparablePositions(position, previous);
        }
        previous = position;
        return position;
    }

    /** All of a snapshot, and the shapes that one statement left, share a position. */
    private boolean mayRepeat(SourceEvent.Located event, Position position) {
        return position.equals(previous) && (event.origin().snapshot() || event instanceof SourceEvent.Shape);
    }
}
