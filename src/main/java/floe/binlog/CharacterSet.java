package floe.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A character set as MySQL maps it to Unicode, which differs from that of other software: MySQL's {@code latin1} has
 * control characters at 81, 8d, 8f, 90 and 9d. What has no mapping becomes a question mark, as in the result of a SELECT.
 * Immutable.
 */
public abstract class CharacterSet {

    /** Each byte of a text gives at most so many bytes of UTF-8. */
    public static final int MOST_PER_BYTE = 3;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final Map<String, Optional<CharacterSet>> KNOWN = new ConcurrentHashMap<>();

    CharacterSet() {}

    /** The one of this name, such as {@code latin1}; empty if MySQL 8.0 has none of this name. */
    public static Optional<CharacterSet> of(String name) {
        return KNOWN.computeIfAbsent(name, CharacterSet::read);
    }

    private static Optional<CharacterSet> read(String name) {
        return switch (name) {
            // Bytes are taken for UTF-8, as CONVERT(.. USING utf8mb4) takes them.
            case "utf8mb4", "utf8mb3", "utf8", "binary" -> Optional.of(new Utf8CharacterSet());
            case "ucs2", "utf16" -> Optional.of(new WideCharacterSet(2, true));
            case "utf16le" -> Optional.of(new WideCharacterSet(2, false));
            case "utf32" -> Optional.of(new WideCharacterSet(4, true));
            default -> TableCharacterSet.read(name).map(CharacterSet.class::cast);
        };
    }

    /** Whether these bytes of a text are already the UTF-8 of it. */
    public abstract boolean isUtf8(byte[] text, int from, int end);

    /**
     * Puts the UTF-8 of a text into {@code into} from {@code at} on, where there is place for {@link #MOST_PER_BYTE} times as
     * many bytes.
     *
     * @return where it ends
     */
    public abstract int toUtf8(byte[] text, int from, int end, byte[] into, int at);

    /** The text as Java has it. */
    public final String text(byte[] text) {
        byte[] into = new byte[Math.multiplyExact(text.length, MOST_PER_BYTE)];
        return new String(into, 0, toUtf8(text, 0, text.length, into, 0), UTF_8);
    }

    /** Whether there are none but the 128 characters of ASCII. */
    static boolean isAscii(byte[] text, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (((long) EIGHT.get(text, at) & 0x8080_8080_8080_8080L) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (text[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Puts a character there, and returns where it ends. */
    static int put(int character, byte[] into, int at) {
        int end = at;
        if (character < 0x80) {
            into[end++] = (byte) character;
        } else if (character < 0x800) {
            into[end++] = (byte) (0xc0 | (character >> 6));
            into[end++] = (byte) (0x80 | (character & 0x3f));
        } else if (character < 0x1_0000) {
            into[end++] = (byte) (0xe0 | (character >> 12));
            into[end++] = (byte) (0x80 | ((character >> 6) & 0x3f));
            into[end++] = (byte) (0x80 | (character & 0x3f));
        } else {
            into[end++] = (byte) (0xf0 | (character >> 18));
            into[end++] = (byte) (0x80 | ((character >> 12) & 0x3f));
            into[end++] = (byte) (0x80 | ((character >> 6) & 0x3f));
            into[end++] = (byte) (0x80 | (character & 0x3f));
        }
        return end;
    }
}
