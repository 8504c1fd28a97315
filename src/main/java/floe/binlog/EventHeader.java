package floe.binlog;

/**
 * The header of an event, of the binlog's version 4: that of every MySQL since 5.0.
 *
 * @param millis when it was written, in milliseconds since 1970 (UTC), to the second
 * @param type the number of its type
 * @param length bytes of the event with this header
 * @param next where the next one begins, modulo 2^32; 0 for one that is not in the file
 */
public record EventHeader(long millis, int type, long length, long next, int flags) {

    /** How many bytes it has. */
    public static final int BYTES = 19;

    /** Reads it from as many bytes. */
    static EventHeader read(byte[] bytes) {
        Cells fields = new Cells(bytes, 0, bytes.length);
        long seconds = fields.u4();
        int type = fields.u1();
        // The server's id.
        fields.skip(4);
        return new EventHeader(seconds * 1000, type, fields.u4(), fields.u4(), fields.u2());
    }

    /** Bytes of what follows, its checksum included. */
    long bodyBytes() {
        return length - BYTES;
    }

    /** Where it begins itself, as {@link #next} has it. */
    long start() {
        return next == 0 ? 0 : next - length;
    }

    /** How much of the body is read: all, or of one that is larger than {@code mostBytes} the beginning. */
    int kept(int mostBytes) {
        return (int) (bodyBytes() <= mostBytes ? bodyBytes() : RawEvent.HEAD_BYTES);
    }
}
