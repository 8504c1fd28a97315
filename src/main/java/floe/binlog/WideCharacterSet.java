package floe.binlog;

/** {@code ucs2}, {@code utf16}, {@code utf16le} and {@code utf32}: characters in units of two or four bytes. */
final class WideCharacterSet extends CharacterSet {

    private final int unit;
    private final boolean highestFirst;
    private final boolean pairs;

    /** @param pairs whether two surrogates are one character */
    WideCharacterSet(int unit, boolean highestFirst, boolean pairs) {
        this.unit = unit;
        this.highestFirst = highestFirst;
        this.pairs = pairs;
    }

    @Override
    public boolean isUtf8(byte[] text, int from, int end) {
        return from == end;
    }

    /** Ends where there is no character: a surrogate without its other half, or bytes that are no whole unit. */
    @Override
    public int toUtf8(byte[] text, int from, int end, byte[] into, int at) {
        int to = at;
        int next = from;
        while (next + unit <= end) {
            int character = unit(text, next);
            next += unit;
            if (character >= 0xd800 && character < 0xe000) {
                int second = pairs && character < 0xdc00 && next + unit <= end ? unit(text, next) : 0;
                if (second < 0xdc00 || second >= 0xe000) {
                    break;
                }
                character = Character.toCodePoint((char) character, (char) second);
                next += unit;
            }
            if (character < 0 || character > Character.MAX_CODE_POINT) {
                break;
            }
            to = put(character, into, to);
        }
        return to;
    }

    private int unit(byte[] text, int at) {
        int number = 0;
        for (int i = 0; i < unit; i++) {
            number = number << 8 | text[highestFirst ? at + i : at + unit - 1 - i] & 0xff;
        }
        return number;
    }
}
