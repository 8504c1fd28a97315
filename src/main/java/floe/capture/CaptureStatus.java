package floe.capture;

import floe.change.TableId;
import floe.state.Divergence;
import floe.state.TableSnapshot;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What capture is at one moment.
 *
 * @param reading whether the source is being read
 * @param snapshots of tables that are under way, as far as they are stored
 * @param doing what each of them does, by table
 * @param succeeded whether a batch was acknowledged since the last start of a reading
 * @param problem why nothing is read, while nothing is
 * @param position the last one that was saved; empty before the first
 * @param committed the time in milliseconds since 1970 (UTC) up to which all that was committed is acknowledged; empty if
 *     nobody knows
 * @param savedNanos when a position was saved last, by {@link System#nanoTime}
 * @param diverged why captured tables need a new snapshot
 * @param captured the tables whose changes are read; not to be changed
 */
record CaptureStatus(
        boolean reading,
        List<TableSnapshot> snapshots,
        Map<TableId, String> doing,
        boolean succeeded,
        String problem,
        String position,
        OptionalLong committed,
        long savedNanos,
        List<Divergence> diverged,
        Set<TableId> captured) {

    CaptureStatus {
        snapshots = List.copyOf(snapshots);
        doing = Map.copyOf(doing);
        diverged = List.copyOf(diverged);
    }

    /** The same, read or not. */
    CaptureStatus withReading(boolean nowReading, String nowProblem) {
        return new CaptureStatus(
                nowReading,
                snapshots,
                doing,
                succeeded,
                nowProblem,
                position,
                committed,
                savedNanos,
                diverged,
                captured);
    }

    /** The same with other tables. */
    CaptureStatus withTables(
            List<TableSnapshot> nowOpen,
            Map<TableId, String> nowDoing,
            List<Divergence> nowDiverged,
            Set<TableId> all) {
        return new CaptureStatus(
                reading, nowOpen, nowDoing, succeeded, problem, position, committed, savedNanos, nowDiverged, all);
    }

    /** The same with another place. */
    CaptureStatus withReached(boolean nowSucceeded, String nowPosition, OptionalLong nowCommitted, long nowNanos) {
        return new CaptureStatus(
                reading,
                snapshots,
                doing,
                nowSucceeded,
                problem,
                nowPosition,
                nowCommitted,
                nowNanos,
                diverged,
                captured);
    }

    /** Whether a table is being read. */
    boolean isInSnapshot() {
        return reading && !snapshots.isEmpty();
    }

    /**
     * How far what Kinesis has acknowledged is behind the source, in milliseconds: the time since the commit of the last
     * transaction that is acknowledged or, where the source has no newer one, since it last said so. It grows while capture
     * stands still, and while the source is idle by no more than a heartbeat. Nothing before anything of the binlog was
     * acknowledged.
     *
     * @param now in milliseconds since 1970 (UTC)
     */
    OptionalLong lag(long now) {
        return committed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, now - committed.getAsLong()));
    }

    /** How many tables need a new snapshot. */
    long divergedTables() {
        return diverged.stream().map(Divergence::table).distinct().count();
    }

    /** What capture does with each table, in the order of their names. */
    Map<TableId, TableState> tables() {
        Map<TableId, TableState> tables = new TreeMap<>();
        captured.forEach(table -> tables.put(table, TableState.STREAMING));
        diverged.forEach(entry -> tables.put(entry.table(), TableState.DIVERGED));
        snapshots.forEach(snapshot -> tables.put(snapshot.table(), TableState.READING));
        diverged.stream()
                .filter(Divergence::isSetAside)
                .forEach(entry -> tables.put(entry.table(), TableState.SET_ASIDE));
        return tables;
    }

    /** Each snapshot in a line: how much is read, and what it does. */
    List<String> readings() {
        return snapshots.stream()
                .map(snapshot -> snapshot.table() + ": " + reading(snapshot))
                .toList();
    }

    private String reading(TableSnapshot snapshot) {
        return snapshot.percent() + " % (" + snapshot.rows() + " of about " + snapshot.estimate() + " rows), "
                + doing.getOrDefault(snapshot.table(), "waits for its turn");
    }

    private static String why(Divergence entry) {
        // The state says it already.
        return entry.isSetAside() ? entry.what().replaceFirst("^set aside, ", "") : entry.what();
    }

    /** What there is to say of the {@link #tables} that are not just streaming: why, or how far. */
    Map<TableId, String> about() {
        Map<TableId, String> about = new TreeMap<>();
        diverged.forEach(entry -> about.merge(entry.table(), why(entry), (one, other) -> one + "; " + other));
        snapshots.forEach(snapshot -> about.merge(snapshot.table(), reading(snapshot), (why, far) -> far + "; " + why));
        return about;
    }
}
