package floe.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.mysql.SqlName;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * One column of the key that a table is read by: how its values are kept in a {@link Place}, and the conditions on them that
 * go by the order of the index and by nothing else.
 *
 * <p>The raw form of a value is a number in digits (integers, DECIMAL, FLOAT, DOUBLE, BIT; of ENUM and SET the number of the
 * member or members, as an index goes by that while their comparisons go by text), the text of a date, time or YEAR, and
 * hexadecimal digits of the bytes of text and bytes.
 *
 * @param descending whether the index has its values in descending order
 */
record KeyPart(ColumnLayout column, boolean descending) {

    /** MySQL finds members in an index only by equality, so that all that may follow are named, if they are no more. */
    static final int MOST_MEMBERS = 512;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?");
    private static final Pattern TEMPORAL = Pattern.compile("[-0-9: .]+");
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})*");

    /** Whether MySQL can read ranges of an index over such a column. */
    static boolean isFit(ColumnLayout column) {
        return switch (column.type()) {
            case TEXT, BLOB, JSON, GEOMETRY -> false;
            case ENUM -> column.members().size() < MOST_MEMBERS;
            case SET -> 1L << Math.min(column.members().size(), Long.SIZE - 2) <= MOST_MEMBERS;
            default -> true;
        };
    }

    String name() {
        return SqlName.of(column.name());
    }

    /** As it stands in ORDER BY. */
    String ordered() {
        return name() + (descending ? " DESC" : "");
    }

    /** As it stands in the ORDER BY of the opposite order. */
    String reversed() {
        return name() + (descending ? "" : " DESC");
    }

    /** The expression that gives the raw value where the column's own cell does not have it. */
    Optional<String> rawExpression() {
        return isMember() ? Optional.of("CAST(" + name() + " AS UNSIGNED)") : Optional.empty();
    }

    boolean isInteger() {
        return switch (column.type()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> true;
            default -> false;
        };
    }

    /** The raw form of a cell as MySQL gives it. */
    String raw(byte[] cell) {
        return switch (column.type()) {
            case BIT -> new BigInteger(1, cell).toString();
            case CHAR, VARCHAR, BINARY, VARBINARY -> HexFormat.of().formatHex(cell);
            default -> new String(cell, ISO_8859_1);
        };
    }

    /** The condition that the column has this raw value. */
    String is(String raw) {
        return name() + " = " + literal(raw);
    }

    /** The conditions, in their order, one of which the column meets if it comes behind this raw value in the index. */
    List<String> after(String raw) {
        return isMember() ? membersAfter(raw) : List.of(name() + (descending ? " < " : " > ") + literal(raw));
    }

    /** The condition that the column does not come behind this raw value in the index. */
    String upTo(String raw) {
        return name() + (descending ? " >= " : " <= ") + literal(raw);
    }

    /**
     * One by one: of a list MySQL 8.0.12 gives the members in the wrong order if any column of the index is descending. Named
     * twice, as MySQL does not know of an equality with a number that it is in the order of the index.
     */
    private List<String> membersAfter(String raw) {
        long from = Long.parseLong(raw);
        long end = column.type() == MySqlType.ENUM
                ? column.members().size()
                : (1L << column.members().size()) - 1;
        LongStream behind = descending
                ? LongStream.range(0, from).map(less -> from - 1 - less)
                : LongStream.rangeClosed(from + 1, end);
        return behind.mapToObj(member -> name() + " IN (" + member + ", " + member + ")")
                .toList();
    }

    private String literal(String raw) {
        return switch (column.type()) {
            case FLOAT, DOUBLE -> checked(raw, NUMBER) + (raw.contains("e") ? "" : "e0");
            case YEAR, DATE, TIME, DATETIME, TIMESTAMP, OLD_TIME, OLD_DATETIME, OLD_TIMESTAMP ->
                "'" + checked(raw, TEMPORAL) + "'";
            case CHAR, VARCHAR -> "_" + column.charset().toLowerCase(Locale.ROOT) + " X'" + checked(raw, HEX) + "'";
            case BINARY, VARBINARY -> "_binary X'" + checked(raw, HEX) + "'";
            default -> checked(raw, NUMBER);
        };
    }

    private String checked(String raw, Pattern form) {
        if (!form.matcher(raw).matches()) {
            throw new IllegalArgumentException("The place in a table has something else than a value of " + name());
        }
        return raw;
    }

    private boolean isMember() {
        return column.type() == MySqlType.ENUM || column.type() == MySqlType.SET;
    }
}
