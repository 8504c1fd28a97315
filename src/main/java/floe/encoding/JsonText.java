package floe.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import floe.binlog.Cells;
import floe.binlog.UnreadableEvent;
import java.util.Base64;

/**
 * The text of JSON documents from MySQL's binary form, as {@code CAST(document AS CHAR)} prints it. For use by one thread.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/json__binary_8h.html">json_binary.h</a>
 */
final class JsonText {

    private static final int SMALL_OBJECT = 0;
    private static final int LARGE_OBJECT = 1;
    private static final int SMALL_ARRAY = 2;
    private static final int LARGE_ARRAY = 3;
    private static final int LITERAL = 4;
    private static final int INT16 = 5;
    private static final int UINT16 = 6;
    private static final int INT32 = 7;
    private static final int UINT32 = 8;
    private static final int INT64 = 9;
    private static final int UINT64 = 10;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int OPAQUE = 15;

    /** Types of columns, by which opaque values are told apart. */
    private static final int TIMESTAMP = 7;

    private static final int DATE = 10;
    private static final int TIME = 11;
    private static final int DATETIME = 12;
    private static final int DECIMAL = 246;

    /** MySQL allows so many levels. */
    private static final int DEEPEST = 100;

    private static final int BASE64_LINE = 76;
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'});
    private static final String HEX = "0123456789abcdef";

    private final TextBuffer text = new TextBuffer();
    private final MySqlDouble doubles = new MySqlDouble();
    private byte[] bytes;
    private int end;

    /**
     * The text of the document in these bytes, for use until the next call.
     *
     * @throws UnreadableEvent if it is none
     */
    TextBuffer of(byte[] document, int from, int to) {
        text.clear();
        bytes = document;
        end = to;
        if (from == to) {
            // What MySQL itself fills in where NOT NULL was violated, and reads as null.
            text.add("null");
        } else {
            value(at(from, 1).u1(), from + 1, 0);
        }
        return text;
    }

    private void value(int type, int from, int depth) {
        switch (type) {
            case SMALL_OBJECT, SMALL_ARRAY -> container(from, type == SMALL_OBJECT, 2, depth);
            case LARGE_OBJECT, LARGE_ARRAY -> container(from, type == LARGE_OBJECT, 4, depth);
            case LITERAL -> literal(at(from, 1).u1());
            case INT16 -> text.number((short) at(from, 2).u2());
            case UINT16 -> text.number(at(from, 2).u2());
            case INT32 -> text.number(at(from, 4).s4());
            case UINT32 -> text.number(at(from, 4).u4());
            case INT64 -> text.number(at(from, 8).s8());
            case UINT64 -> unsigned(at(from, 8).s8());
            case DOUBLE -> doubles.add(Double.longBitsToDouble(at(from, 8).s8()), true, text);
            case STRING -> {
                Cells cells = at(from, 1);
                int length = length(cells);
                string(cells.skip(length), length);
            }
            case OPAQUE -> opaque(at(from, 1));
            default -> throw unreadable();
        }
    }

    /** An object or array: how many elements, how many bytes, then of each key and of each value where it is. */
    private void container(int from, boolean object, int width, int depth) {
        if (depth == DEEPEST) {
            throw unreadable();
        }
        Cells head = at(from, 2 * width);
        long count = head.little(width);
        int keyEntry = object ? width + 2 : 0;
        int valueEntry = width + 1;
        head.skip(width);
        head.skip(Math.multiplyExact(count, (long) keyEntry + valueEntry));
        int keys = from + 2 * width;
        int values = (int) (keys + count * keyEntry);
        text.add(object ? '{' : '[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                text.add(',').add(' ');
            }
            if (object) {
                Cells key = at(keys + i * keyEntry, keyEntry);
                int place = inside(from, key.little(width));
                int length = key.u2();
                at(place, length);
                string(place, length);
                text.add(':').add(' ');
            }
            Cells value = at(values + i * valueEntry, valueEntry);
            int type = value.u1();
            value(type, isInlined(type, width) ? value.at() : inside(from, value.little(width)), depth + 1);
        }
        text.add(object ? '}' : ']');
    }

    /** Whether a value is so small that it lies where otherwise its place would be told. */
    private static boolean isInlined(int type, int width) {
        return switch (type) {
            case LITERAL, INT16, UINT16 -> true;
            case INT32, UINT32 -> width == 4;
            default -> false;
        };
    }

    private void literal(int literal) {
        switch (literal) {
            case 0 -> text.add("null");
            case 1 -> text.add("true");
            case 2 -> text.add("false");
            default -> throw unreadable();
        }
    }

    private void unsigned(long number) {
        if (number >= 0) {
            text.number(number);
        } else {
            text.add(Long.toUnsignedString(number));
        }
    }

    /** A value of a type that JSON does not have: the column's type, the length, the bytes. */
    private void opaque(Cells cells) {
        int type = cells.u1();
        int length = length(cells);
        int from = cells.skip(length);
        Cells value = new Cells(bytes, from, from + length);
        switch (type) {
            case DECIMAL -> Decimals.add(value, value.u1(), value.u1(), text);
            case DATE, DATETIME, TIMESTAMP, TIME -> {
                text.add('"');
                temporal(type, value.s8());
                text.add('"');
            }
            default ->
                text.add("\"base64:type")
                        .number(type)
                        .add(':')
                        .add(base64(value.copy(length)))
                        .add('"');
        }
    }

    /** In lines; MySQL 9 writes the newlines as JSON demands it, while MySQL 8.0 leaves them bare. */
    private static String base64(byte[] value) {
        return new String(BASE64.encode(value), ISO_8859_1).replace("\n", "\\n");
    }

    /** In eight bytes, of which the lowest three are millionths of a second. */
    private void temporal(int type, long signed) {
        if (signed < 0) {
            text.add('-');
        }
        long packed = Math.abs(signed);
        long whole = packed >> 24;
        switch (type) {
            case DATE -> Temporals.day(whole >> 17, text);
            case TIME -> Temporals.clock(whole, text);
            default -> Temporals.dateTime(whole, text);
        }
        if (type != DATE) {
            text.add('.').digits(packed & 0xff_ffff, 6);
        }
    }

    private void string(int from, int length) {
        text.add('"');
        int plain = from;
        int to = from + length;
        for (int i = from; i < to; i++) {
            byte character = bytes[i];
            if ((character >= 0 && character < ' ') || character == '"' || character == '\\') {
                text.add(bytes, plain, i - plain);
                plain = i + 1;
                escape(character);
            }
        }
        text.add(bytes, plain, to - plain).add('"');
    }

    private void escape(byte character) {
        text.add('\\');
        switch (character) {
            case '"', '\\' -> text.add((char) character);
            case '\b' -> text.add('b');
            case '\t' -> text.add('t');
            case '\n' -> text.add('n');
            case '\f' -> text.add('f');
            case '\r' -> text.add('r');
            default -> text.add("u00").add(HEX.charAt(character >> 4)).add(HEX.charAt(character & 15));
        }
    }

    /** A length of seven bits a byte, the lowest first; the highest bit says that there are more. */
    private static int length(Cells cells) {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = cells.u1();
            length |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return (int) Math.min(length, Integer.MAX_VALUE);
            }
        }
        throw unreadable();
    }

    private int inside(int from, long offset) {
        return (int) Math.min(from + offset, Integer.MAX_VALUE);
    }

    /** The bytes from there, of which at least so many are there. */
    private Cells at(int from, int count) {
        if (from > end - count) {
            throw unreadable();
        }
        return new Cells(bytes, from, end);
    }

    private static UnreadableEvent unreadable() {
        return new UnreadableEvent("a document is not in MySQL's binary form of JSON");
    }
}
