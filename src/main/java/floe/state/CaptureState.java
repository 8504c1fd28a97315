package floe.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.Position;
import floe.change.StoredMarks;
import floe.change.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What capture remembers between two runs. It moves only after Kinesis has acknowledged what it stands for.
 *
 * @param server the {@code server_uuid} of the MySQL server that the offset belongs to
 * @param binlog the base name of its binlog files
 * @param epoch second (UTC) since which file and offset are comparable
 * @param position the highest acknowledged position; null before the first
 * @param offset where reading goes on: binlog file, offset in it, and the GTIDs that were read; empty before the first
 * @param diverged the tables that need a new snapshot; states saved by earlier versions have none
 * @param snapshots the snapshots of tables that are under way
 * @param captured the tables whose changes up to the offset were all read; null in states saved by earlier versions
 * @param marks what is stored of the run that saved this; null before the first, and in states saved by earlier versions
 */
public record CaptureState(
        @JsonProperty(required = true) String server,
        @JsonProperty(required = true) String binlog,
        @JsonProperty(required = true) long epoch,
        @JsonProperty(required = true) String position,
        @JsonProperty(required = true) Map<String, Object> offset,
        DivergedTables diverged,
        List<TableSnapshot> snapshots,
        CapturedTables captured,
        StoredMarks marks) {

    /** Until where the transactions that were read may stand behind the place, as they were read elsewhere. */
    private static final String AHEAD_FILE = "ahead_file";

    private static final String AHEAD_POS = "ahead_pos";

    private static final String OTHER_KEY = "its rows are told apart in another way than before, by the settings";

    public CaptureState {
        diverged = diverged == null ? DivergedTables.NONE : diverged;
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    }

    /** A state in which no table has diverged. */
    public CaptureState(String server, String binlog, long epoch, String position, Map<String, Object> offset) {
        this(server, binlog, epoch, position, offset, DivergedTables.NONE, List.of(), null, null);
    }

    /** Where a capture of {@code server} starts that knows nothing yet. */
    public static CaptureState initial(String server, String binlog) {
        return new CaptureState(server, binlog, 0, null, Map.of());
    }

    /** The highest acknowledged position; null before the first. */
    @JsonIgnore
    public Position highest() {
        return position == null ? null : Position.parse(position);
    }

    /** Whether there is no place to read on from, so that all tables must be read first. */
    @JsonIgnore
    public boolean isNew() {
        return offset.isEmpty() || snapshotRunning(offset);
    }

    /** Whether the offset belongs to this server, as long as its binlog was not reset. */
    public boolean isOf(String otherServer, String otherBinlog) {
        return server.equals(otherServer) && binlog.equals(otherBinlog);
    }

    /** The same, once so much is stored. */
    public CaptureState withMarks(StoredMarks newMarks) {
        return new CaptureState(server, binlog, epoch, position, offset, diverged, snapshots, captured, newMarks);
    }

    public CaptureState withEpoch(long newEpoch) {
        return new CaptureState(server, binlog, newEpoch, position, offset, diverged, snapshots, captured, marks);
    }

    /**
     * The same transactions on another server, which has those that come next from the beginning of {@code file} on.
     *
     * @param end of the server's binlog: none of those that were read stands behind it
     */
    public CaptureState onServer(String newServer, String newBinlog, String file, BinlogPlace end) {
        Map<String, Object> there = new HashMap<>(offset);
        there.keySet().retainAll(Set.of("gtids", "ts_sec"));
        there.putAll(ahead(file, end));
        return new CaptureState(newServer, newBinlog, epoch, position, there, diverged, snapshots, captured, marks);
    }

    /** Without an offset, and without the snapshots that began at another one. */
    public CaptureState anew(String nextServer, String nextBinlog) {
        return new CaptureState(
                nextServer, nextBinlog, epoch, position, Map.of(), diverged, List.of(), captured, marks);
    }

    /** What is known after a sighting. */
    public CaptureState after(Sighting sighting) {
        CapturedTables now = captured.after(sighting);
        DivergedTables known = diverged.after(sighting, epoch, now.tables());
        return new CaptureState(server, binlog, epoch, position, offset, known, snapshots, now, marks);
    }

    /** The same place, with other knowledge of what has diverged. */
    public CaptureState withDiverged(DivergedTables newDiverged) {
        return new CaptureState(server, binlog, epoch, position, offset, newDiverged, snapshots, captured, marks);
    }

    /** Snapshots of these tables begin in place of those of them that are under way. */
    public CaptureState beginning(List<TableSnapshot> begun) {
        List<TableSnapshot> all = new ArrayList<>(snapshots);
        DivergedTables known = diverged;
        for (TableSnapshot snapshot : begun) {
            all.removeIf(other -> other.table().equals(snapshot.table()));
            all.add(snapshot);
            known = known.reading(Set.of(snapshot.table()), snapshot.began());
        }
        return new CaptureState(server, binlog, epoch, position, offset, known, all, captured, marks);
    }

    /** A snapshot has read its table whole: what was known of the table from before it began is mended. */
    public CaptureState ending(TableSnapshot ended) {
        return without(ended).withDiverged(diverged.snapshotted(Set.of(ended.table()), ended.began()));
    }

    /** This snapshot was given up. */
    public CaptureState without(TableSnapshot given) {
        return withSnapshots(
                snapshots.stream().filter(other -> !other.isLike(given)).toList());
    }

    /** The same snapshots, as far as they are now. */
    public CaptureState withSnapshots(List<TableSnapshot> newSnapshots) {
        return new CaptureState(server, binlog, epoch, position, offset, diverged, newSnapshots, captured, marks);
    }

    /** The place that the batch of {@code newPosition} and {@code newOffset} leads to. */
    public CaptureState at(String newPosition, Map<String, Object> newOffset) {
        Map<String, Object> there = new HashMap<>(newOffset);
        if (isAheadAt(newOffset)) {
            there.put(AHEAD_FILE, offset.get(AHEAD_FILE));
            there.put(AHEAD_POS, offset.get(AHEAD_POS));
        }
        return new CaptureState(server, binlog, epoch, newPosition, there, diverged, snapshots, captured, marks);
    }

    /** The beginning of a file, where reading begins though transactions that stand before {@code end} were read. */
    private static Map<String, Object> ahead(String file, BinlogPlace end) {
        return Map.of("file", file, "pos", BinlogPlace.FIRST_OFFSET, AHEAD_FILE, end.file(), AHEAD_POS, end.offset());
    }

    /**
     * The place where a capture begins that has read nothing, and leaves what is executed to snapshots.
     *
     * @param gtids the transactions that are executed
     * @param end of the binlog: none of them stands behind it
     */
    public CaptureState beginningAt(String file, String gtids, BinlogPlace end) {
        Map<String, Object> there = new HashMap<>(ahead(file, end));
        there.put("gtids", gtids);
        return new CaptureState(server, binlog, epoch, position, there, diverged, snapshots, captured, marks);
    }

    /** Whether transactions that were read may still come at the place. */
    @JsonIgnore
    public boolean isAhead() {
        return isAheadAt(offset);
    }

    private boolean isAheadAt(Map<String, Object> place) {
        return offset.get(AHEAD_FILE) instanceof String file
                && offset.get(AHEAD_POS) instanceof Number pos
                && place.get("file") instanceof String placeFile
                && place.get("pos") instanceof Number placePos
                && new BinlogPlace(placeFile, placePos.longValue(), null, 0)
                                .position(0)
                                .compareTo(new BinlogPlace(file, pos.longValue(), null, 0).position(0))
                        < 0;
    }

    /**
     * The same place, from where the tables that are there are captured, and those that were and are gone, until the binlog
     * says how they went. Those among them that were not captured so far, or not all the time, have diverged, unless a
     * snapshot comes first.
     *
     * @param there that can be captured
     * @param gone that were captured, and are not there any more; only of a state that is not new
     * @param now for people to read
     */
    public CaptureState capturing(Set<TableId> there, Set<TableId> gone, Instant now) {
        DivergedTables known = diverged;
        if (!isNew() && captured != null) {
            Set<TableId> added = new HashSet<>(there);
            added.removeAll(captured.tables());
            known = known.diverged(added, Divergence.NOT_CAPTURED, savedPlace(now), epoch)
                    .notThere(gone, savedPlace(now), epoch);
        }
        Set<TableId> all = new HashSet<>(there);
        all.addAll(gone);
        return new CaptureState(
                server, binlog, epoch, position, offset, known, snapshots, CapturedTables.of(all), marks);
    }

    /**
     * The same place, from where the rows of these tables are told apart in another way: what is copied has the old one.
     *
     * @param now for people to read
     */
    public CaptureState toldApartAnew(Set<TableId> tables, Instant now) {
        return isNew() ? this : withDiverged(diverged.diverged(tables, OTHER_KEY, savedPlace(now), epoch));
    }

    /**
     * The same place, from where these tables are not captured, as they cannot be.
     *
     * @param reasons why, by table
     * @param at what happens from there on is not read
     */
    public CaptureState settingAside(Map<TableId, String> reasons, BinlogPlace at) {
        return withDiverged(diverged.settingAside(reasons, at, epoch));
    }

    /** Where reading goes on; nothing before the first snapshot. */
    public Optional<BinlogPlace> place(Instant now) {
        return isNew() ? Optional.empty() : Optional.of(savedPlace(now));
    }

    private BinlogPlace savedPlace(Instant now) {
        return new BinlogPlace(
                (String) offset.get("file"), ((Number) offset.get("pos")).longValue(), null, now.toEpochMilli());
    }

    /** Whether an offset was taken while the initial snapshot was running (the keys are Debezium's). */
    public static boolean snapshotRunning(Map<String, ?> offset) {
        return offset.get("snapshot") != null && !Boolean.TRUE.equals(offset.get("snapshot_completed"));
    }
}
