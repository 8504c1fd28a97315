package floe.binlog;

import floe.change.Position;

/**
 * Where and when something stands in the binlog.
 *
 * @param file the binlog file's name
 * @param offset of the event in it
 * @param gtid of its transaction; null if it has none
 * @param millis when MySQL wrote it, in milliseconds since 1970 (UTC); to the second
 */
public record BinlogPlace(String file, long offset, String gtid, long millis) {

    /** Where the first event of each binlog file begins. */
    public static final long FIRST_OFFSET = 4;

    /** Its position, among those of whole tables. */
    public Position position(long epoch) {
        return new Position(epoch, fileNumber(file), offset, 0);
    }

    /** The number at the end of a binlog file's name. */
    public static long fileNumber(String file) {
        return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
    }
}
