package floe.encoding;

import floe.binlog.Cells;

/**
 * MySQL's bytes of a DECIMAL: groups of nine digits in four bytes, counted from the point, the outer ones shorter; the
 * highest byte first, its highest bit inverted; all bits inverted if it is negative.
 *
 * @see <a href="https://github.com/mysql/mysql-server/blob/8.0/strings/decimal.cc">decimal2bin in decimal.cc</a>
 */
final class Decimals {

    private static final int GROUP = 9;
    private static final int GROUP_BYTES = 4;

    /** How many bytes so many digits take, of which there are fewer than a group has. */
    private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4};

    private Decimals() {}

    /** Adds the text of the next DECIMAL of so many digits. */
    static void add(Cells cells, int precision, int scale, TextBuffer text) {
        int whole = precision - scale;
        int first = whole % GROUP;
        int last = scale % GROUP;
        int mask = (cells.bytes()[checked(cells, precision, scale)] & 0x80) == 0 ? -1 : 0;
        if (mask != 0) {
            text.add('-');
        }
        int start = text.length();
        long highest = 0x80;
        if (BYTES[first] > 0) {
            long group = group(cells, BYTES[first], mask, highest << ((BYTES[first] - 1) * Byte.SIZE));
            highest = 0;
            if (group != 0) {
                text.digits(group, 1);
            }
        }
        for (int i = 0; i < whole / GROUP; i++) {
            long group = group(cells, GROUP_BYTES, mask, highest << ((GROUP_BYTES - 1) * Byte.SIZE));
            highest = 0;
            if (text.length() > start) {
                text.digits(group, GROUP);
            } else if (group != 0) {
                text.digits(group, 1);
            }
        }
        if (text.length() == start) {
            text.add('0');
        }
        if (scale == 0) {
            return;
        }
        text.add('.');
        for (int i = 0; i < scale / GROUP; i++) {
            text.digits(group(cells, GROUP_BYTES, mask, highest << ((GROUP_BYTES - 1) * Byte.SIZE)), GROUP);
            highest = 0;
        }
        if (last > 0) {
            text.digits(group(cells, BYTES[last], mask, highest << ((BYTES[last] - 1) * Byte.SIZE)), last);
        }
    }

    /** The place of the first byte, when all are there. */
    private static int checked(Cells cells, int precision, int scale) {
        int whole = precision - scale;
        int bytes =
                whole / GROUP * GROUP_BYTES + BYTES[whole % GROUP] + scale / GROUP * GROUP_BYTES + BYTES[scale % GROUP];
        int from = cells.at();
        new Cells(cells.bytes(), from, from + cells.left()).skip(Math.max(bytes, 1));
        return from;
    }

    private static long group(Cells cells, int bytes, int mask, long inverted) {
        long all = (1L << (bytes * Byte.SIZE)) - 1;
        return (cells.big(bytes) ^ inverted ^ mask) & all;
    }
}
