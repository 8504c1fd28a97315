package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.CharacterSet;
import floe.binlog.ColumnLayout;
import floe.binlog.UnreadableEvent;
import java.io.IOException;

/**
 * Writes the cells of one column, which are not null, as values of event lines. Chosen once for a column, used for every
 * row; a value has one text, whether it comes from the binlog or from a snapshot. For use by one thread.
 *
 * <p>Both methods give a hash of the value: the same for the same value, whichever way it came, in every process.
 *
 * <p>A cell that cannot be read makes them throw {@link UnreadableEvent}, which names the column and no value. What is
 * then already written of the line is to be thrown away.
 */
public abstract class CellWriter {

    private final String column;

    CellWriter(ColumnLayout column) {
        this.column = column.name();
    }

    /**
     * The writer for cells of {@code column}.
     *
     * @throws UnreadableEvent if its cells cannot be read: its character set is not one that MySQL 8.0 has
     */
    public static CellWriter of(ColumnLayout column) {
        return switch (column.type()) {
            case TINYINT -> new IntegerWriter(column, 1);
            case SMALLINT -> new IntegerWriter(column, 2);
            case MEDIUMINT -> new IntegerWriter(column, 3);
            case INT -> new IntegerWriter(column, 4);
            case BIGINT -> new IntegerWriter(column, 8);
            case FLOAT -> new FloatWriter(column);
            case DOUBLE -> new DoubleWriter(column);
            case DECIMAL -> new DecimalWriter(column);
            case YEAR -> new YearWriter(column);
            case DATE, TIME, DATETIME, TIMESTAMP, OLD_TIME, OLD_DATETIME, OLD_TIMESTAMP -> new TemporalWriter(column);
            case BIT -> column.size() == 1 ? new BooleanWriter(column) : new BytesWriter(column);
            case BINARY, VARBINARY, BLOB -> new BytesWriter(column);
            case CHAR, VARCHAR, TEXT -> new TextWriter(column);
            case ENUM, SET -> new MembersWriter(column);
            case JSON -> new JsonWriter(column);
            case GEOMETRY -> new GeometryWriter(column);
        };
    }

    /** Writes the cell where {@code cells} stands, as it is in the binlog, and goes behind it. */
    public abstract int binary(Cells cells, JsonGenerator json) throws IOException;

    /** Writes the cell that MySQL gives for the column's expression of {@link Selects}. */
    public abstract int text(byte[] text, JsonGenerator json) throws IOException;

    /** The character set of a column. */
    final CharacterSet charset(ColumnLayout column) {
        return CharacterSet.of(String.valueOf(column.charset()))
                .orElseThrow(() -> unreadable("has the character set " + column.charset() + ", which is not known"));
    }

    /** Says why a cell of this column cannot be read. */
    final UnreadableEvent unreadable(String why) {
        return new UnreadableEvent("the column " + column + " " + why);
    }

    /** How many bytes tell the length of each cell of a column of text, bytes, JSON or geometry. */
    static int lengthBytes(ColumnLayout column) {
        int bytes =
                switch (column.type()) {
                    case CHAR, VARCHAR, BINARY, VARBINARY -> column.size() > 255 ? 2 : 1;
                    default -> column.size();
                };
        if (bytes < 1 || bytes > 4) {
            throw new UnreadableEvent(
                    "the column " + column.name() + " tells the length of its cells by " + bytes + " bytes");
        }
        return bytes;
    }

    /** Reads how long a cell is, and goes behind that. */
    static int length(Cells cells, int lengthBytes) {
        return switch (lengthBytes) {
            case 1 -> cells.u1();
            case 2 -> cells.u2();
            case 3 -> cells.u3();
            // Beyond two gigabytes it is negative, which no cell can be: skipping it says so.
            default -> cells.s4();
        };
    }

    /** A whole number in decimal digits, perhaps with a sign, of which the lowest 64 bits are returned. */
    final long whole(byte[] text) {
        int at = 0;
        boolean negative = text.length > 0 && text[0] == '-';
        if (negative) {
            at++;
        }
        if (at == text.length) {
            throw unreadable("has no digits where a whole number was expected");
        }
        long number = 0;
        for (; at < text.length; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw unreadable("has something else where a whole number was expected");
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }
}
