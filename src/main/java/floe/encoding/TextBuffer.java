package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;

/** Text in UTF-8 that is put together piece by piece; grows as needed. */
final class TextBuffer {

    /** What is larger than this is not kept from one cell to the next. */
    private static final int LARGE = 1 << 20;

    private static final int USUAL = 64;

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** Makes it empty. */
    TextBuffer clear() {
        if (bytes.length > LARGE) {
            bytes = new byte[USUAL];
        }
        length = 0;
        return this;
    }

    int length() {
        return length;
    }

    /** Makes place for so many more bytes, which may then be put into {@link #bytes} from {@link #length} on. */
    byte[] room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(length, more), (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
        return bytes;
    }

    /** Says that so many bytes were put there. */
    void added(int more) {
        length += more;
    }

    TextBuffer add(char ascii) {
        room(1)[length++] = (byte) ascii;
        return this;
    }

    TextBuffer add(String ascii) {
        byte[] into = room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            into[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    TextBuffer add(byte[] utf8, int from, int count) {
        System.arraycopy(utf8, from, room(count), length, count);
        length += count;
        return this;
    }

    /** A number, not negative, with at least so many digits. */
    TextBuffer digits(long number, int atLeast) {
        int count = Math.max(atLeast, count(number));
        byte[] into = room(count);
        long rest = number;
        for (int i = length + count - 1; i >= length; i--) {
            long tenth = rest / 10;
            into[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        length += count;
        return this;
    }

    /** A number with its sign, if it is negative. */
    TextBuffer number(long number) {
        if (number >= 0) {
            return digits(number, 1);
        }
        return number == Long.MIN_VALUE ? add("-9223372036854775808") : add('-').digits(-number, 1);
    }

    /** Writes it as a JSON string, and gives its hash. */
    int write(JsonGenerator json) throws IOException {
        json.writeUTF8String(bytes, 0, length);
        return hash();
    }

    /** Writes it as a JSON string in which, it is known, nothing needs to be escaped; and gives its hash. */
    int writePlain(JsonGenerator json) throws IOException {
        json.writeRawUTF8String(bytes, 0, length);
        return hash();
    }

    int hash() {
        return Hash.of(bytes, 0, length);
    }

    private static int count(long number) {
        int digits = 1;
        for (long bound = 10; digits < 19 && number >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
