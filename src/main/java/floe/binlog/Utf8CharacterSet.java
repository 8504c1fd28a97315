package floe.binlog;

/** {@code utf8mb4} and its part {@code utf8mb3}. */
final class Utf8CharacterSet extends CharacterSet {

    @Override
    public boolean isUtf8(byte[] text, int from, int end) {
        if (isAscii(text, from, end)) {
            return true;
        }
        int at = from;
        while (at < end) {
            int length = text[at] >= 0 ? 1 : length(text, at, end);
            if (length < 1) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** What is not well formed becomes question marks, byte by byte, and a last character without its end is left out. */
    @Override
    public int toUtf8(byte[] text, int from, int end, byte[] into, int at) {
        int to = at;
        int next = from;
        while (next < end) {
            int length = text[next] >= 0 ? 1 : length(text, next, end);
            if (length < 0) {
                break;
            } else if (length == 0) {
                into[to++] = '?';
                next++;
            } else {
                System.arraycopy(text, next, into, to, length);
                to += length;
                next += length;
            }
        }
        return to;
    }

    /** The bytes of the character that begins there: 0 if none does, negative if its end is missing. */
    private static int length(byte[] text, int at, int end) {
        int first = text[at] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0) {
            return 0;
        }
        if (at + length > end) {
            return -1;
        }
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = text[at + 1] & 0xff;
        boolean none =
                switch (first) {
                    case 0xe0 -> second < 0xa0;
                    case 0xed -> second >= 0xa0;
                    case 0xf0 -> second < 0x90;
                    case 0xf4 -> second >= 0x90;
                    default -> false;
                };
        return none ? 0 : length;
    }
}
