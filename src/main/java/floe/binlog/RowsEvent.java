package floe.binlog;

import floe.change.ChangeType;

/**
 * An event of rows, read as far as the rows themselves.
 *
 * @param number of the table, see {@link TableMap#number}
 * @param columns how many the table has
 * @param whole whether each image has all columns; with {@code binlog_row_image} other than FULL it has not
 */
public record RowsEvent(long number, ChangeType type, int columns, boolean whole, RowImages images) {

    /**
     * Reads it.
     *
     * @throws UnreadableEvent if it is not what the manual says
     * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Rows__event.html">
     *     Rows_event</a>
     */
    public static RowsEvent read(RawEvent event) {
        Cells body = event.body();
        long number = body.little(6);
        body.skip(2);
        if (event.type() >= EventTypes.WRITE_ROWS) {
            // What else there is counts the bytes of its own length.
            body.skip(body.u2() - 2L);
        }
        int columns = (int) body.packed();
        ChangeType type = type(event.type());
        boolean whole = hasAll(body, columns);
        if (type == ChangeType.UPDATE) {
            whole &= hasAll(body, columns);
        }
        return new RowsEvent(number, type, columns, whole, new RowImages(body.bytes(), body.at(), event.end()));
    }

    /** What such an event did, which can be told without reading it. */
    public static ChangeType type(RawEvent event) {
        return type(event.type());
    }

    private static ChangeType type(int type) {
        return switch (type) {
            case EventTypes.WRITE_ROWS, EventTypes.WRITE_ROWS_V1 -> ChangeType.WRITE;
            case EventTypes.UPDATE_ROWS, EventTypes.UPDATE_ROWS_V1 -> ChangeType.UPDATE;
            case EventTypes.DELETE_ROWS, EventTypes.DELETE_ROWS_V1 -> ChangeType.DELETE;
            default -> throw new UnreadableEvent("an event of the type " + type + " has no rows");
        };
    }

    private static boolean hasAll(Cells body, int columns) {
        int bitmap = body.skip(RowImages.bitmapBytes(columns));
        for (int i = 0; i < columns; i++) {
            if (!RowImages.isNull(body.bytes(), bitmap, i)) {
                return false;
            }
        }
        return true;
    }
}
