package floe.binlog;

import java.util.Arrays;

/**
 * Bytes of the binlog, read from the front. Numbers are unsigned and begin with their lowest byte, unless a method says
 * otherwise. For use by one thread.
 */
public final class Cells {

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads {@code bytes} from {@code from}, inclusive, to {@code end}, exclusive. They are not copied. */
    public Cells(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The bytes themselves, never to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The place in {@link #bytes} of what is read next. */
    public int at() {
        return at;
    }

    /** How many bytes are left. */
    public int left() {
        return end - at;
    }

    /**
     * Goes {@code count} bytes on.
     *
     * @return the place in {@link #bytes} where it was before
     * @throws UnreadableEvent if there are not so many
     */
    public int skip(long count) {
        int before = at;
        if (count < 0 || count > end - at) {
            throw UnreadableEvent.ended();
        }
        at += (int) count;
        return before;
    }

    /** The next byte. */
    public int u1() {
        if (at >= end) {
            throw UnreadableEvent.ended();
        }
        return bytes[at++] & 0xff;
    }

    /** The next two bytes. */
    public int u2() {
        int from = skip(2);
        return (bytes[from] & 0xff) | ((bytes[from + 1] & 0xff) << 8);
    }

    /** The next three bytes. */
    public int u3() {
        int from = skip(3);
        return (bytes[from] & 0xff) | ((bytes[from + 1] & 0xff) << 8) | ((bytes[from + 2] & 0xff) << 16);
    }

    /** The next four bytes. */
    public long u4() {
        return s4() & 0xffff_ffffL;
    }

    /** The next four bytes, the highest of which has the sign. */
    public int s4() {
        int from = skip(4);
        return (bytes[from] & 0xff)
                | ((bytes[from + 1] & 0xff) << 8)
                | ((bytes[from + 2] & 0xff) << 16)
                | (bytes[from + 3] << 24);
    }

    /** The next eight bytes, the highest of which has the sign. */
    public long s8() {
        return u4() | ((long) s4() << 32);
    }

    /** The next {@code count} bytes, from 1 to 8 of them. */
    public long little(int count) {
        int from = skip(count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[from + i] & 0xff);
        }
        return value;
    }

    /** The next {@code count} bytes, from 1 to 8 of them, that begin with the highest. */
    public long big(int count) {
        int from = skip(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[from + i] & 0xff);
        }
        return value;
    }

    /** A number of MySQL's packed form, of one to nine bytes. */
    public long packed() {
        int first = u1();
        return switch (first) {
            case 0xfc -> u2();
            case 0xfd -> u3();
            case 0xfe -> s8();
            default -> first;
        };
    }

    /** A copy of the next {@code count} bytes. */
    public byte[] copy(int count) {
        int from = skip(count);
        return Arrays.copyOfRange(bytes, from, from + count);
    }
}
