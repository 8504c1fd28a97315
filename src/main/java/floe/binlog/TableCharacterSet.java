package floe.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A character set whose mapping was asked of MySQL and is kept in a file. Its codes have one byte, or two to four that
 * begin with one above 7f.
 */
final class TableCharacterSet extends CharacterSet {

    private static final int NONE = -1;

    /** In ujis and eucjpms: what begins a Katakana of half width, and a code of three bytes. */
    private static final int HALF_WIDTH = 0x8e;

    private static final int THREE_BYTES = 0x8f;

    /** Of codes of one byte. */
    private final int[] single = new int[1 << 8];

    /** Of codes of two bytes. */
    private char[] pairs;

    /** Of codes of three bytes that begin with 8f, by the other two. */
    private char[] triples;

    /** Of runs of codes of four bytes: by the place of the first, that of the last and the first character. */
    private final TreeMap<Integer, int[]> fours = new TreeMap<>();

    private boolean ascii = true;

    private TableCharacterSet(String lines) {
        Arrays.fill(single, NONE);
        lines.lines().forEach(this::mapLine);
        for (int i = 0; i < 0x80; i++) {
            ascii &= single[i] == i;
        }
    }

    /** A line has codes that follow each other: the first, and their characters; or the bounds, and the first character. */
    private void mapLine(String line) {
        int space = line.indexOf(' ');
        int dash = line.indexOf('-');
        if (dash > 0 && dash < space) {
            int first = Integer.parseUnsignedInt(line.substring(0, dash), 16);
            int last = Integer.parseUnsignedInt(line.substring(dash + 1, space), 16);
            map(first, last, Integer.parseInt(line.substring(space + 1), 16));
            return;
        }
        int code = Integer.parseUnsignedInt(line.substring(0, space), 16);
        for (int at = space + 1; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            map(code, code, line.codePointAt(at));
            code = code >>> 24 == 0 ? code + 1 : code(order(code) + 1);
        }
    }

    /** The one whose file has this name; empty if there is none. */
    static Optional<TableCharacterSet> read(String name) {
        if (!name.chars().allMatch(Character::isLetterOrDigit)) {
            return Optional.empty();
        }
        try (InputStream file = TableCharacterSet.class.getResourceAsStream("charsets/" + name + ".txt")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new TableCharacterSet(new String(file.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void map(int first, int last, int character) {
        if (first >>> 24 != 0) {
            fours.put(order(first), new int[] {order(last), character});
            return;
        }
        for (int code = first; code <= last; code++) {
            int mapped = character + code - first;
            if (code <= 0xff) {
                single[code] = mapped;
            } else if (code <= 0xffff) {
                pairs = pairs == null ? new char[1 << 16] : pairs;
                pairs[code] = (char) mapped;
            } else {
                triples = triples == null ? new char[1 << 16] : triples;
                triples[code & 0xffff] = (char) mapped;
            }
        }
    }

    @Override
    public boolean isUtf8(byte[] text, int from, int end) {
        return ascii && isAscii(text, from, end);
    }

    @Override
    public int toUtf8(byte[] text, int from, int end, byte[] into, int at) {
        int to = at;
        int next = from;
        while (next < end) {
            int first = text[next] & 0xff;
            int character = single[first];
            int length = 1;
            if (character == NONE && first >= 0x80 && pairs != null) {
                length = length(text, next, end);
                if (next + length > end) {
                    break;
                }
                character = length == 1 ? NONE : several(text, next, length);
                if (character == NONE && first == HALF_WIDTH && triples != null) {
                    // No character begins so, in MySQL's eyes: the next byte is looked at by itself.
                    length = 1;
                }
            }
            to = put(character == NONE ? '?' : character, into, to);
            next += length;
        }
        return to;
    }

    private int length(byte[] text, int at, int end) {
        int first = text[at] & 0xff;
        if (triples != null && first < 0xa1 && first != HALF_WIDTH) {
            return first == THREE_BYTES ? 3 : 1;
        }
        return fours.isEmpty() || at + 1 >= end || text[at + 1] < '0' || text[at + 1] > '9' ? 2 : 4;
    }

    private int several(byte[] text, int at, int length) {
        int last = ((text[at + length - 2] & 0xff) << 8) | (text[at + length - 1] & 0xff);
        if (length == 4) {
            int order = order(((text[at] & 0xff) << 24) | ((text[at + 1] & 0xff) << 16) | last);
            Map.Entry<Integer, int[]> run = fours.floorEntry(order);
            return run == null || order > run.getValue()[0] ? NONE : run.getValue()[1] + order - run.getKey();
        }
        char character = length == 3 ? triples[last] : pairs[last];
        return character == 0 ? NONE : character;
    }

    /** The place of a code of four bytes among all of them, which are 81-fe, 30-39, 81-fe, 30-39. */
    private static int order(int code) {
        return (((code >>> 24) - 0x81) * 10 + ((code >> 16) & 0xff) - 0x30) * 1260
                + (((code >> 8) & 0xff) - 0x81) * 10
                + (code & 0xff)
                - 0x30;
    }

    private static int code(int order) {
        int first = order / 12_600 + 0x81;
        int second = order / 1260 % 10 + 0x30;
        int third = order / 10 % 126 + 0x81;
        int fourth = order % 10 + 0x30;
        return (first << 24) | (second << 16) | (third << 8) | fourth;
    }
}
