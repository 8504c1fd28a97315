package floe.encoding;

import floe.binlog.ColumnLayout;
import floe.mysql.SqlName;

/**
 * How a snapshot asks for cells, so that {@link CellWriter#text} gives what the binlog gives. The connection has
 * {@code character_set_results=NULL}, so that text comes in the character set of its column, {@code time_zone='+00:00'},
 * and a {@code sql_mode} without {@code PAD_CHAR_TO_FULL_LENGTH}.
 */
public final class Selects {

    private Selects() {}

    /**
     * The expression of a SELECT for the cells of a column.
     *
     * <p>MySQL prints a FLOAT with six digits and a FLOAT(7,3) with three after the point, so it is asked for the same
     * number as a plain DOUBLE, which it prints exactly; multiplied, as adding zero would make 0 of -0.
     */
    public static String expression(ColumnLayout column) {
        String name = SqlName.of(column.name());
        return switch (column.type()) {
            case FLOAT, DOUBLE -> name + " * 1e0";
            default -> name;
        };
    }
}
