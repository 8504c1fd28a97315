package floe.binlog;

import com.github.shyiko.mysql.binlog.event.EventData;

/**
 * An event of the binlog as the bytes that MySQL sent.
 *
 * @param type the number of its type, see {@link EventTypes}
 * @param millis when it was written, in milliseconds since 1970 (UTC), to the second; 0 for one that is not in the file
 * @param start where it begins in its file, modulo 2^32; 0 for one that is not in the file
 * @param next where the next one begins, modulo 2^32; 0 for one that is not in the file
 * @param flags of its header
 * @param bytes has its body from {@code from} to {@code end}, without header and checksum; of one that is too large only the
 *     beginning
 * @param size bytes of the body
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy would cost as much as reading it.
public record RawEvent(
        int type, long millis, long start, long next, int flags, byte[] bytes, int from, int end, long size)
        implements EventData {

    private static final long serialVersionUID = 1L;

    /** LOG_EVENT_IGNORABLE_F. */
    private static final int IGNORABLE = 0x80;

    /** What is kept of an event that is too large: as much as says which table it is of. */
    static final int HEAD_BYTES = 8;

    /** Whether all of its body was kept. */
    public boolean isWhole() {
        return end - from == size;
    }

    /** The beginning of the body, also of one that is not whole. */
    Cells head() {
        return new Cells(bytes, from, end);
    }

    /** The body, from its first byte. */
    public Cells body() {
        if (!isWhole()) {
            throw new UnreadableEvent("it has " + size + " bytes, and capture.row-bytes allows fewer");
        }
        return new Cells(bytes, from, end);
    }

    /** Whether readers that do not know the type may pass over it. */
    public boolean mayBeIgnored() {
        return (flags & IGNORABLE) != 0;
    }
}
