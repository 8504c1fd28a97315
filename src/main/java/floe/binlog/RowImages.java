package floe.binlog;

/**
 * The rows of one event, as bytes: for each row a bitmap of the columns that are NULL, then the cells of the others; of an
 * update the row as it was, then the row as it is.
 *
 * @param bytes of the event or of more, never to be changed
 * @param from where the first row begins in them
 * @param end where the last one ends
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy would cost as much as reading it.
public record RowImages(byte[] bytes, int from, int end) {

    /** Reads the rows from the first. */
    public Cells cells() {
        return new Cells(bytes, from, end);
    }

    /** Whether the column at {@code place} is NULL, by the bitmap that begins at {@code bitmap}. */
    public static boolean isNull(byte[] bytes, int bitmap, int place) {
        return (bytes[bitmap + (place >> 3)] & 1 << (place & 7)) != 0;
    }

    /** How many bytes the bitmap of so many columns has. */
    public static int bitmapBytes(int columns) {
        return (columns + 7) / 8;
    }
}
