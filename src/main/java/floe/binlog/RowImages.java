package floe.binlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

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

    /**
     * How many rows there are.
     *
     * @param images of each row: 2 of an update, otherwise 1
     */
    public int count(TableLayout table, int images) {
        Cells cells = cells();
        int rows = 0;
        while (cells.left() > 0) {
            for (int image = 0; image < images; image++) {
                skip(cells, table);
            }
            rows++;
        }
        return rows;
    }

    /** The images one by one, in their order: of an update two for each row. */
    public List<ByteBuffer> each(TableLayout table) {
        List<ByteBuffer> all = new ArrayList<>();
        Cells cells = cells();
        while (cells.left() > 0) {
            int begin = cells.at();
            skip(cells, table);
            all.add(ByteBuffer.wrap(bytes, begin, cells.at() - begin));
        }
        return all;
    }

    /** These images, one behind the other. */
    public static RowImages of(Collection<ByteBuffer> images) {
        ByteBuffer all = ByteBuffer.allocate(
                images.stream().mapToInt(ByteBuffer::remaining).sum());
        images.forEach(image -> all.put(image.duplicate()));
        return new RowImages(all.array(), 0, all.position());
    }

    /**
     * Whether an update changed one of these columns in any of its rows.
     *
     * @param places of the columns in the table
     */
    public boolean change(TableLayout table, Set<Integer> places) {
        Cells cells = cells();
        while (cells.left() > 0) {
            if (!cellsAt(cells, table, places).equals(cellsAt(cells, table, places))) {
                return true;
            }
        }
        return false;
    }

    /** The cells of one image at these places, as bytes that compare; null for NULL. */
    private static List<ByteBuffer> cellsAt(Cells cells, TableLayout table, Set<Integer> places) {
        int columns = table.columns().size();
        int nulls = cells.skip(bitmapBytes(columns));
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            ByteBuffer cell = null;
            if (!isNull(cells.bytes(), nulls, i)) {
                int begin = cells.at();
                skip(cells, table.columns().get(i));
                cell = ByteBuffer.wrap(cells.bytes(), begin, cells.at() - begin);
            }
            if (places.contains(i)) {
                all.add(cell);
            }
        }
        return all;
    }

    private static void skip(Cells cells, TableLayout table) {
        int columns = table.columns().size();
        int nulls = cells.skip(bitmapBytes(columns));
        for (int i = 0; i < columns; i++) {
            if (!isNull(cells.bytes(), nulls, i)) {
                skip(cells, table.columns().get(i));
            }
        }
    }

    private static void skip(Cells cells, ColumnLayout column) {
        switch (column.type()) {
            case TINYINT, YEAR -> cells.skip(1);
            case SMALLINT -> cells.skip(2);
            case MEDIUMINT, DATE, OLD_TIME -> cells.skip(3);
            case INT, FLOAT, OLD_TIMESTAMP -> cells.skip(4);
            case BIGINT, DOUBLE, OLD_DATETIME -> cells.skip(8);
            case TIME -> cells.skip(3 + (column.scale() + 1) / 2);
            case TIMESTAMP -> cells.skip(4 + (column.scale() + 1) / 2);
            case DATETIME -> cells.skip(5 + (column.scale() + 1) / 2);
            case DECIMAL -> cells.skip(decimalBytes(column.size() - column.scale()) + decimalBytes(column.scale()));
            case BIT -> cells.skip((column.size() + 7) / 8);
            case ENUM, SET -> cells.skip(column.size());
            case CHAR, VARCHAR, BINARY, VARBINARY -> cells.skip(column.size() > 255 ? cells.u2() : cells.u1());
            case TEXT, BLOB, JSON, GEOMETRY -> cells.skip(cells.little(column.size()));
        }
    }

    /** Nine digits take four bytes, and fewer as many as they need. */
    private static long decimalBytes(int digits) {
        return digits / 9 * 4L + (digits % 9 + 1) / 2;
    }

    /** Whether the bitmap that begins at {@code bitmap} has the bit of the column at {@code place}: it is NULL. */
    public static boolean isNull(byte[] bytes, int bitmap, int place) {
        return (bytes[bitmap + (place >> 3)] & (1 << (place & 7))) != 0;
    }

    /** How many bytes the bitmap of so many columns has. */
    public static int bitmapBytes(int columns) {
        return (columns + 7) / 8;
    }
}
