package floe.capture;

import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import floe.state.CaptureState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One reading: gives each event its position, and says what to save once a batch is acknowledged.
 *
 * <p>Not safe for use by several threads at once.
 */
final class CaptureSession {

    private final Set<TableId> tables;
    private final LongSupplier utcSecond;

    private CaptureState state;
    private Position previous;
    private boolean epochIsSure;
    private SourceEvent.Row heldBack;
    private Snapshot snapshot;
    private final List<Sighting> sightings = new ArrayList<>();

    /** A snapshot that is running: where it began, and the tables it covers. */
    private record Snapshot(Position began, Set<TableId> tables) {}

    /**
     * @param saved what the last run left
     * @param tables the captured tables; definitions of others are dropped
     * @param utcSecond the clock, in seconds since 1970
     */
    CaptureSession(CaptureState saved, Set<TableId> tables, LongSupplier utcSecond) {
        this.state = saved;
        this.previous = saved.highest();
        this.tables = tables;
        this.utcSecond = utcSecond;
    }

    /** An epoch that is above {@code last}, even where the clock was set back. */
    static long nextEpoch(long last, LongSupplier utcSecond) {
        return Math.max(utcSecond.getAsLong(), last + 1);
    }

    /** Whether a snapshot is running, or one has to be taken first. */
    boolean isInSnapshot() {
        return state.needsSnapshot();
    }

    /**
     * What to save once all events of the batches accepted so far are acknowledged. It leaves out the delete half of a
     * key change whose other half has not come: acknowledged alone before a restart, the other would never come.
     */
    CaptureState state() {
        return state;
    }

    /**
     * The events of a batch, in order.
     *
     * @throws UncomparablePositions if a position is not above the one before it
     */
    List<BinlogEvent> accept(List<SourceEvent> batch) {
        List<SourceEvent.Marked> read = new ArrayList<>(batch.size() + 1);
        if (heldBack != null) {
            read.add(heldBack);
            heldBack = null;
        }
        for (SourceEvent event : batch) {
            if (event instanceof SourceEvent.Seen seen) {
                sightings.add(seen.sighting());
            } else {
                read.add((SourceEvent.Marked) event);
            }
        }
        if (!read.isEmpty()
                && read.get(read.size() - 1) instanceof SourceEvent.Row row
                && row.keyChange() == SourceEvent.KeyChange.DELETES_OLD) {
            heldBack = row;
            read.remove(read.size() - 1);
        }
        List<BinlogEvent> events = new ArrayList<>(read.size());
        for (SourceEvent.Marked event : read) {
            accept(event, events);
        }
        if (!read.isEmpty()) {
            Map<String, Object> offset =
                    new HashMap<>(read.get(read.size() - 1).mark().offset());
            String position = previous == null ? null : previous.toString();
            state = state.at(position, offset);
        }
        acceptSightings();
        return events;
    }

    private void accept(SourceEvent.Marked event, List<BinlogEvent> events) {
        boolean running = CaptureState.snapshotRunning(event.mark().offset());
        if (running && snapshot == null) {
            beginSnapshot(event.mark());
        }
        boolean ends = !running && snapshot != null;
        if (ends) {
            // MySQL counts a transaction to its binlog a moment before it is committed: a snapshot that began in
            // between has the binlog's end as its position, and the transaction comes after it.
            epochIsSure = false;
        }
        if (event instanceof SourceEvent.Row row) {
            Position position = advance(row);
            events.add(new BinlogEvent.Row(row, state.server(), position));
        } else if (event instanceof SourceEvent.Truncation truncation) {
            Position position = advance(truncation);
            events.add(new BinlogEvent.Truncation(truncation.table(), truncation.origin(), state.server(), position));
        } else if (event instanceof SourceEvent.Shapes shapes) {
            acceptShapes(shapes, events);
        }
        if (ends) {
            for (TableId table : snapshot.tables()) {
                events.add(new BinlogEvent.SnapshotEnd(
                        table, state.server(), utcSecond.getAsLong() * 1000, snapshot.began()));
            }
            state = state.withDiverged(state.diverged().snapshotted(snapshot.tables(), snapshot.began()));
            snapshot = null;
            epochIsSure = event.isFromBinlog();
        }
    }

    /**
     * After the events, which may begin or end a snapshot. A snapshot that has not begun yet is one that Debezium has
     * taken already: only then does it read the binlog.
     */
    private void acceptSightings() {
        if (state.offset().isEmpty()) {
            return;
        }
        for (Sighting sighting : sightings) {
            state = state.withDiverged(state.diverged().after(sighting, state.epoch(), tables));
        }
        sightings.clear();
    }

    private void beginSnapshot(Mark first) {
        state = state.withEpoch(nextEpoch(state.epoch(), utcSecond));
        previous = null;
        epochIsSure = true;
        // The offset stays at its beginning until the end.
        snapshot = new Snapshot(CaptureState.position(first.offset(), state.epoch()), new LinkedHashSet<>());
    }

    private void acceptShapes(SourceEvent.Shapes shapes, List<BinlogEvent> events) {
        List<SourceEvent.Shape> captured = shapes.tables().stream()
                .filter(shape -> tables.contains(shape.table()))
                .toList();
        if (captured.isEmpty()) {
            return;
        }
        if (snapshot != null) {
            // A snapshot begins by dropping what it is about to create: no table goes away.
            if (captured.stream().anyMatch(SourceEvent.Shape::isDrop)) {
                return;
            }
            captured.forEach(shape -> snapshot.tables().add(shape.table()));
        }
        Position position = advance(shapes);
        events.add(new BinlogEvent.Definition(captured, shapes.origin(), state.server(), position));
    }

    /** The event's position, which is from now on the previous one. */
    private Position advance(SourceEvent.Located event) {
        Position position = event.origin().position(state.epoch());
        if (previous != null && position.compareTo(previous) <= 0 && !mayRepeat(event, position)) {
            if (epochIsSure) {
                throw new UncomparablePositions(position, previous);
            }
            // The first event after a start is below what was acknowledged: the binlog was reset meanwhile. Or the
            // first one after a snapshot is below its position.
            state = state.withEpoch(nextEpoch(state.epoch(), utcSecond));
            position = event.origin().position(state.epoch());
        }
        epochIsSure = true;
        previous = position;
        return position;
    }

    /** Rows of a snapshot, halves of a key change and definitions of one statement share a position. */
    private boolean mayRepeat(SourceEvent.Located event, Position position) {
        return position.equals(previous) && (snapshot != null || position.row() == 0 || writesNewKey(event));
    }

    private static boolean writesNewKey(SourceEvent event) {
        return event instanceof SourceEvent.Row row && row.keyChange() == SourceEvent.KeyChange.WRITES_NEW;
    }
}
