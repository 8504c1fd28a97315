package floe.binlog;

import java.util.List;

/**
 * A column of a {@link TableLayout}: what it takes to read its cells and to say what they hold.
 *
 * @param unsigned whether a number has no sign
 * @param size by type: DECIMAL: digits in all; BIT: bits; CHAR, VARCHAR, BINARY, VARBINARY: most bytes of a cell; ENUM, SET:
 *     bytes of a cell; TEXT, BLOB, JSON, GEOMETRY: bytes of the length that a cell begins with, from 1 to 4; otherwise 0
 * @param scale digits after the point of a DECIMAL, digits after the second of a TIME, DATETIME or TIMESTAMP; otherwise 0
 * @param charset MySQL's name of the character set of CHAR, VARCHAR, TEXT, ENUM and SET; otherwise null
 * @param members of an ENUM or SET in their order; otherwise empty
 */
public record ColumnLayout(
        String name, MySqlType type, boolean unsigned, int size, int scale, String charset, List<String> members) {

    public ColumnLayout {
        members = List.copyOf(members);
    }

    /** A column of a type that needs no more than this. */
    public static ColumnLayout of(String name, MySqlType type) {
        return new ColumnLayout(name, type, false, 0, 0, null, List.of());
    }
}
