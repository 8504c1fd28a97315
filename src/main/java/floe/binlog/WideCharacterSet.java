package floe.binlog;

/** {@code ucs2}, {@code utf16}, {@code utf16le} and {@code utf32}: characters in units of two or four bytes. */
final class WideCharacterSet extends CharacterSet {

    private final int unit;
    private final boolean highestFirst;

    WideCharacterSet(int unit, boolean highestFirst) {
        this.unit = unit;
        this.highestFirst = highestFirst;
    }

    @Override
    public boolean isUtf8(byte[] text, int from, int end) {
        return from == end;
    }

    /**
     * A surrogate without its other half becomes a question mark: {@code ucs2} and {@code utf32} may hold them, MySQL sends
     * them as bytes that are no UTF-8. Of {@code ucs2} two halves are one character, as they are for programs.
     */
    @Override
    public int toUtf8(byte[] text, int from, int end, byte[] into, int at) {
        int to = at;
        int next = from;
        while (next + unit <= end) {
            int character = unit(text, next);
            next += unit;
            if (unit == 2 && Character.isHighSurrogate((char) character) && next + unit <= end) {
                int second = unit(text, next);
                if (Character.isLowSurrogate((char) second)) {
                    character = Character.toCodePoint((char) character, (char) second);
                    next += unit;
                }
            }
            to = put(isCharacter(character) ? character : '?', into, to);
        }
        return to;
    }

    private static boolean isCharacter(int number) {
        return Character.isValidCodePoint(number)
                && (number < Character.MIN_SURROGATE || number > Character.MAX_SURROGATE);
    }

    private int unit(byte[] text, int at) {
        int number = 0;
        for (int i = 0; i < unit; i++) {
            number = (number << 8) | (text[highestFirst ? at + i : at + unit - 1 - i] & 0xff);
        }
        return number;
    }
}
