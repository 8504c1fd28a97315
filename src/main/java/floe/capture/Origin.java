package floe.capture;

import floe.binlog.BinlogPlace;
import floe.change.Position;

/**
 * Where in the source something comes from.
 *
 * @param file the binlog file's name
 * @param offset of the event in it
 * @param row in the event, counted from 1; 0 for whole tables and the rows of snapshots
 * @param gtid of its transaction; null if it has none, or was read by a snapshot
 * @param millis when it was committed, in milliseconds since 1970 (UTC)
 * @param snapshot whether it was read by a snapshot rather than from the binlog
 */
public record Origin(String file, long offset, long row, String gtid, long millis, boolean snapshot) {

    /** Its position in this epoch. */
    Position position(long epoch) {
        return new Position(epoch, BinlogPlace.fileNumber(file), offset, row);
    }
}
