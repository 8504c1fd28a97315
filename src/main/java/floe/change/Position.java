package floe.change;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where in its source a change stands: epoch, binlog file number, offset in that file, row in the event.
 *
 * <p>The text form is zero-padded to 10, 10, 12 and 10 digits and joined by dashes, so that comparing texts compares
 * positions, in Java and in SQL alike.
 *
 * @param epoch second (UTC) since which file and offset are comparable; 0 for legacy events
 * @param file number at the end of the binlog file's name
 * @param offset byte in that file
 * @param row row in the event, from 1; 0 for events about a whole table. What a snapshot tells and reads has a row of its own, 0 or
 *     above all rows of an event, and shares it. Legacy events have the second, the line and the file where others have file, offset and row
 */
public record Position(long epoch, long file, long offset, long row) implements Comparable<Position> {

    private static final int EPOCH_END = 10;
    private static final int FILE_END = 21;
    private static final int OFFSET_END = 34;
    private static final int TEXT_LENGTH = 45;
    private static final long TEN_DIGITS = 9_999_999_999L;
    private static final long TWELVE_DIGITS = 999_999_999_999L;

    public Position {
        check("epoch", epoch, TEN_DIGITS);
        check("file", file, TEN_DIGITS);
        check("offset", offset, TWELVE_DIGITS);
        check("row", row, TEN_DIGITS);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if {@code text} is anything else
     */
    public static Position parse(String text) {
        if (text.length() != TEXT_LENGTH
                || text.charAt(EPOCH_END) != '-'
                || text.charAt(FILE_END) != '-'
                || text.charAt(OFFSET_END) != '-') {
            throw notAPosition(text);
        }
        return new Position(
                number(text, 0, EPOCH_END),
                number(text, EPOCH_END + 1, FILE_END),
                number(text, FILE_END + 1, OFFSET_END),
                number(text, OFFSET_END + 1, TEXT_LENGTH));
    }

    private static long number(String text, int start, int end) {
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw notAPosition(text);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static IllegalArgumentException notAPosition(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a position: it should be 10, 10, 12 and 10 digits joined by dashes");
    }

    /**
     * The position of a legacy event, which carries none: older than every position with an epoch,
     * and in the order of files and lines among its kind.
     *
     * @param arrivalSecond the time in the staged object's key, in seconds since 1970 (UTC)
     * @param line number of the line in its file, from 1
     * @param file tells files of the same second apart; from 0 to 9,999,999,999
     */
    public static Position ofLine(long arrivalSecond, long line, long file) {
        return new Position(0, arrivalSecond, line, file);
    }

    /** Of the position of a legacy event: that of one so many lines behind it. */
    public Position linesLater(int lines) {
        return new Position(epoch, file, offset + lines, row);
    }

    @Override
    public int compareTo(Position other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byFile = Long.compare(file, other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byOffset = Long.compare(offset, other.offset);
        return byOffset != 0 ? byOffset : Long.compare(row, other.row);
    }

    @Override
    public String toString() {
        byte[] text = new byte[TEXT_LENGTH];
        Arrays.fill(text, (byte) '0');
        text[EPOCH_END] = '-';
        text[FILE_END] = '-';
        text[OFFSET_END] = '-';
        digits(text, EPOCH_END, epoch);
        digits(text, FILE_END, file);
        digits(text, OFFSET_END, offset);
        digits(text, TEXT_LENGTH, row);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Writes a number over the zeros before {@code end}. */
    private static void digits(byte[] text, int end, long number) {
        int at = end;
        for (long rest = number; rest > 0; rest /= 10) {
            text[--at] = (byte) ('0' + rest % 10);
        }
    }

    private static void check(String part, long value, long greatest) {
        if (value < 0 || value > greatest) {
            throw new IllegalArgumentException(
                    "The " + part + " of a position is " + value + "; it should be from 0 to " + greatest);
        }
    }
}
