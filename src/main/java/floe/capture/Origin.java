package floe.capture;

import floe.binlog.BinlogPlace;
import floe.change.Position;
import floe.state.TableSnapshot;
import java.time.Instant;

/**
 * Where in the source something comes from.
 *
 * @param file the binlog file's name
 * @param offset of the event in it
 * @param row in the event, counted from 1; 0 for whole tables; of a snapshot the same for all its rows
 * @param gtid of its transaction; null if it has none, or was read by a snapshot
 * @param millis when it was committed, in milliseconds since 1970 (UTC)
 * @param snapshot whether it was read by a snapshot rather than from the binlog
 */
public record Origin(String file, long offset, long row, String gtid, long millis, boolean snapshot) {

    /** Rows of an event are never so many: what a snapshot reads stands above all that was read before it began. */
    private static final long BESIDE = 9_999_000_000L;

    /** That of all that a snapshot reads and tells. */
    public static Origin of(TableSnapshot snapshot) {
        Position began = snapshot.began();
        long millis = Instant.parse(snapshot.begun()).toEpochMilli();
        return new Origin(snapshot.file(), began.offset(), began.row(), null, millis, true);
    }

    /**
     * That of snapshots that begin at a place up to which the binlog was read.
     *
     * @param number of those that begin there, from 0
     */
    static Origin beside(BinlogPlace place, long number) {
        return new Origin(place.file(), place.offset(), BESIDE + number, null, place.millis(), true);
    }

    /** Its position in this epoch. */
    Position position(long epoch) {
        return new Position(epoch, BinlogPlace.fileNumber(file), offset, row);
    }
}
