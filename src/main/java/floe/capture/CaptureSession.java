package floe.capture;

import floe.state.CaptureState;
import floe.binlog.Sighting;
import floe.debezium.SourceRecords;
import floe.change.Position;
import floe.change.TableId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One run of the engine: gives each record its position, and says what to save once a batch is acknowledged.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class CaptureSession {

    private final Set<TableId> tables;
    private final LongSupplier utcSecond;

    private CaptureState state;
    private Position previous;
    private boolean epochIsSure;
    private SourceRecord heldBack;
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
    List<BinlogEvent> accept(List<SourceRecord> batch) {
        List<SourceRecord> records = new ArrayList<>(batch.size() + 1);
        if (heldBack != null) {
            records.add(heldBack);
            heldBack = null;
        }
        for (SourceRecord sourceRecord : batch) {
            if (sourceRecord.value() instanceof Sighting sighting) {
                sightings.add(sighting);
            } else {
                records.add(sourceRecord);
            }
        }
        if (!records.isEmpty() && SourceRecords.isFirstHalfOfKeyChange(records.get(records.size() - 1))) {
            heldBack = records.remove(records.size() - 1);
        }
        List<BinlogEvent> events = new ArrayList<>(records.size());
        for (SourceRecord sourceRecord : records) {
            accept(sourceRecord, events);
        }
        if (!records.isEmpty()) {
            var offset = SourceRecords.offset(records.get(records.size() - 1));
            String position = previous == null ? null : previous.toString();
            state = state.at(position, offset);
        }
        acceptSightings();
        return events;
    }

    private void accept(SourceRecord sourceRecord, List<BinlogEvent> events) {
        boolean running = CaptureState.snapshotRunning(sourceRecord.sourceOffset());
        if (running && snapshot == null) {
            beginSnapshot(sourceRecord);
        }
        boolean ends = !running && snapshot != null;
        if (ends) {
            // MySQL counts a transaction to its binlog a moment before it is committed: a snapshot that began in
            // between has the binlog's end as its position, and the transaction comes after it.
            epochIsSure = false;
        }
        if (SourceRecords.isRow(sourceRecord)) {
            events.add(new BinlogEvent.Row(sourceRecord, state.server(), advance(sourceRecord)));
        } else if (SourceRecords.isDefinition(sourceRecord)) {
            acceptDefinition(sourceRecord, events);
        }
        if (ends) {
            for (TableId table : snapshot.tables()) {
                events.add(new BinlogEvent.SnapshotEnd(
                        table, state.server(), utcSecond.getAsLong() * 1000, snapshot.began()));
            }
            state = state.withDiverged(state.diverged().snapshotted(snapshot.tables(), snapshot.began()));
            snapshot = null;
            epochIsSure = SourceRecords.isFromBinlog(sourceRecord);
        }
    }

    /**
     * After the records, which may begin or end a snapshot. A snapshot that has not begun yet is one that Debezium has
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

    private void beginSnapshot(SourceRecord first) {
        state = state.withEpoch(nextEpoch(state.epoch(), utcSecond));
        previous = null;
        epochIsSure = true;
        snapshot = new Snapshot(SourceRecords.snapshotBegan(first, state.epoch()), new LinkedHashSet<>());
    }

    private void acceptDefinition(SourceRecord sourceRecord, List<BinlogEvent> events) {
        List<Struct> changed = SourceRecords.tableChanges(sourceRecord).stream()
                .filter(change -> tables.contains(SourceRecords.table(change)))
                .toList();
        boolean drop = changed.isEmpty() || changed.stream().anyMatch(SourceRecords::isDrop);
        if (snapshot != null) {
            // A snapshot begins by dropping what it is about to create: no table goes away.
            if (!drop) {
                changed.forEach(change -> snapshot.tables().add(SourceRecords.table(change)));
                events.add(new BinlogEvent.Definition(
                        SourceRecords.source(sourceRecord), changed, state.server(), advance(sourceRecord)));
            }
        } else if (!changed.isEmpty()) {
            events.add(new BinlogEvent.Definition(
                    SourceRecords.source(sourceRecord), changed, state.server(), advance(sourceRecord)));
        }
    }

    /** The record's position, which is from now on the previous one. */
    private Position advance(SourceRecord sourceRecord) {
        Position position = SourceRecords.position(sourceRecord, state.epoch());
        if (previous != null && position.compareTo(previous) <= 0 && !mayRepeat(sourceRecord, position)) {
            if (epochIsSure) {
                throw new UncomparablePositions(position, previous);
            }
            // The first record after a start is below what was acknowledged: the binlog was reset meanwhile. Or the
            // first one after a snapshot is below its position.
            state = state.withEpoch(nextEpoch(state.epoch(), utcSecond));
            position = SourceRecords.position(sourceRecord, state.epoch());
        }
        epochIsSure = true;
        previous = position;
        return position;
    }

    /** Rows of a snapshot, halves of a key change and definitions of one statement share a position. */
    private boolean mayRepeat(SourceRecord sourceRecord, Position position) {
        return position.equals(previous)
                && (snapshot != null || position.row() == 0 || SourceRecords.isSecondHalfOfKeyChange(sourceRecord));
    }
}
