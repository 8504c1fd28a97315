package floe.capture;

import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.TableId;
import floe.state.CaptureState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One reading: gives each event its position, and says what to save once a batch is acknowledged. It has an epoch of its
 * own, so that whatever is read again counts as newer than what was read before.
 *
 * <p>Not safe for use by several threads at once.
 */
final class CaptureSession {

    private final Set<TableId> tables;

    private CaptureState state;
    private Position previous;
    private final List<Sighting> sightings = new ArrayList<>();

    /**
     * @param saved what the last run left
     * @param tables the captured tables
     * @param utcSecond the clock, in seconds since 1970
     */
    CaptureSession(CaptureState saved, Set<TableId> tables, LongSupplier utcSecond) {
        this.state = saved.withEpoch(nextEpoch(saved.epoch(), utcSecond));
        this.tables = tables;
    }

    /** An epoch that is above {@code last}, even where the clock was set back. */
    static long nextEpoch(long last, LongSupplier utcSecond) {
        return Math.max(utcSecond.getAsLong(), last + 1);
    }

    /** Whether a snapshot is running. */
    boolean isInSnapshot() {
        return state.needsSnapshot();
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
                events.add(new BinlogEvent(located, state.server(), position));
                if (event instanceof SourceEvent.SnapshotEnd end) {
                    state = state.withDiverged(state.diverged().snapshotted(end.tables(), position));
                }
            }
        }
        return events;
    }

    /** These tables are set aside by what was found while a batch was written. */
    static CaptureState setAside(CaptureState state, List<Sighting> unreadable, Set<TableId> tables) {
        CaptureState after = state;
        for (Sighting sighting : unreadable) {
            after = after.withDiverged(after.diverged().after(sighting, after.epoch(), tables));
        }
        return after;
    }

    /** With the place after them: so that each is seen once, or again together with all that stands before that place. */
    private void acceptSightings() {
        state = setAside(state, sightings, tables);
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
