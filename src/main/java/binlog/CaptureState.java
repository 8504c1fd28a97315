package binlog;

import change.Position;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;

/**
 * What capture remembers between two runs. It moves only after Kinesis has acknowledged what it stands for.
 *
 * @param server the {@code server_uuid} of the MySQL server that the offset belongs to
 * @param binlog the base name of its binlog files
 * @param epoch second (UTC) since which file and offset are comparable
 * @param position the highest acknowledged position; null before the first
 * @param offset Debezium's source offset; empty before the first
 * @param diverged the tables that need a new snapshot; a state of before there were any has none
 */
record CaptureState(
        @JsonProperty(required = true) String server,
        @JsonProperty(required = true) String binlog,
        @JsonProperty(required = true) long epoch,
        @JsonProperty(required = true) String position,
        @JsonProperty(required = true) Map<String, Object> offset,
        DivergedTables diverged) {

    CaptureState {
        diverged = diverged == null ? DivergedTables.NONE : diverged;
    }

    /** A state in which no table has diverged. */
    CaptureState(String server, String binlog, long epoch, String position, Map<String, Object> offset) {
        this(server, binlog, epoch, position, offset, DivergedTables.NONE);
    }

    /** Where a capture of {@code server} starts that knows nothing yet. */
    static CaptureState initial(String server, String binlog) {
        return new CaptureState(server, binlog, 0, null, Map.of());
    }

    /** The highest acknowledged position; null before the first. */
    @JsonIgnore
    Position highest() {
        return position == null ? null : Position.parse(position);
    }

    /** Whether a snapshot must be taken, for the first time or again because the last one was not finished. */
    @JsonIgnore
    boolean needsSnapshot() {
        return offset.isEmpty() || snapshotRunning(offset);
    }

    /** Whether the offset belongs to this server, as long as its binlog was not reset. */
    boolean isOf(String otherServer, String otherBinlog) {
        return server.equals(otherServer) && binlog.equals(otherBinlog);
    }

    CaptureState withEpoch(long newEpoch) {
        return new CaptureState(server, binlog, newEpoch, position, offset, diverged);
    }

    /** The same place on another server: its transaction is read again whole, because rows may be counted differently. */
    CaptureState onServer(String newServer, String newBinlog) {
        Map<String, Object> whole = new HashMap<>(offset);
        whole.remove("event");
        whole.remove("row");
        return new CaptureState(newServer, newBinlog, epoch, position, whole, diverged);
    }

    /** Without the offset, which would only mislead the snapshot that comes next. */
    CaptureState withoutOffset() {
        return new CaptureState(server, binlog, epoch, position, Map.of(), diverged);
    }

    /** The same place, with other knowledge of what has diverged. */
    CaptureState withDiverged(DivergedTables newDiverged) {
        return new CaptureState(server, binlog, epoch, position, offset, newDiverged);
    }

    /** Whether an offset was taken while the initial snapshot was running (the keys are Debezium's). */
    static boolean snapshotRunning(Map<String, ?> offset) {
        return offset.get("snapshot") != null && !Boolean.TRUE.equals(offset.get("snapshot_completed"));
    }
}
