package floe.snapshot;

import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.TableLayout;
import floe.mysql.SqlName;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The SELECT of a table's rows: the cells of its columns, and behind them what the raw forms of its key take besides. */
final class TableSelect {

    /** After so long MySQL ends a statement; chunks are made to take a small part of it. */
    private static final int MOST_MILLIS = 5_000;

    /** Of LONGTEXT, LONGBLOB, JSON and GEOMETRY. */
    private static final int BYTES_OF_GREATEST_LENGTH = 4;

    private final TableLayout table;
    private final KeyOrder order;
    private final List<String> expressions = new ArrayList<>();
    private final int[] keyCells;
    private final int tooLarge;

    /**
     * @param order null to read in no order
     * @param mostBytes of a row; of a larger one its large cells are not asked for, as nobody could hold them
     */
    TableSelect(TableLayout table, KeyOrder order, long mostBytes, Function<ColumnLayout, String> expression) {
        this.table = table;
        this.order = order;
        String isTooLarge = table.columns().stream()
                .filter(TableSelect::mayBeHuge)
                .map(TableSelect::bytes)
                .collect(Collectors.joining(" + ", "", " > " + mostBytes));
        for (ColumnLayout column : table.columns()) {
            String cell = expression.apply(column);
            expressions.add(mayBeHuge(column) ? "IF(" + isTooLarge + ", NULL, " + cell + ")" : cell);
        }
        boolean guarded = table.columns().stream().anyMatch(TableSelect::mayBeHuge);
        tooLarge = guarded ? expressions.size() : -1;
        if (guarded) {
            expressions.add(isTooLarge);
        }
        List<KeyPart> parts = order == null ? List.of() : order.parts();
        keyCells = new int[parts.size()];
        for (int i = 0; i < keyCells.length; i++) {
            KeyPart part = parts.get(i);
            keyCells[i] = part.rawExpression()
                    .map(raw -> {
                        expressions.add(raw);
                        return expressions.size() - 1;
                    })
                    .orElseGet(() -> table.columns().indexOf(part.column()));
        }
    }

    private static boolean mayBeHuge(ColumnLayout column) {
        return switch (column.type()) {
            case TEXT, BLOB, JSON, GEOMETRY -> column.size() == BYTES_OF_GREATEST_LENGTH;
            default -> false;
        };
    }

    private static String bytes(ColumnLayout column) {
        String function = column.type() == MySqlType.JSON ? "JSON_STORAGE_SIZE" : "LENGTH";
        return "IFNULL(" + function + "(" + SqlName.of(column.name()) + "), 0)";
    }

    /** Whether the row among the cells is larger than allowed, so that it is not whole. */
    boolean isTooLarge(byte[][] cells) {
        return tooLarge >= 0 && cells[tooLarge][0] == '1';
    }

    TableLayout table() {
        return table;
    }

    /** The statement with this end; one row may take as long as it takes. */
    String sql(String end, int limit) {
        String hint = limit > 1 ? "/*+ MAX_EXECUTION_TIME(" + MOST_MILLIS + ") */ " : "";
        return "SELECT " + hint + String.join(", ", expressions) + " FROM " + SqlName.of(table.id())
                + (order == null ? "" : order.hint()) + end + " LIMIT " + limit;
    }

    /** The statement that gives the last row. */
    String lastRow() {
        return "SELECT " + String.join(", ", expressions) + " FROM " + SqlName.of(table.id()) + order.hint()
                + order.lastRow();
    }

    /** All that was selected, where the result stands. */
    byte[][] cells(ResultSet row) throws SQLException {
        byte[][] cells = new byte[expressions.size()][];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.getBytes(i + 1);
        }
        return cells;
    }

    /** The row among the cells. */
    byte[][] row(byte[][] cells) {
        int columns = table.columns().size();
        return cells.length == columns ? cells : Arrays.copyOf(cells, columns);
    }

    /** The raw key among the cells. */
    List<String> key(byte[][] cells) {
        List<String> key = new ArrayList<>();
        for (int i = 0; i < keyCells.length; i++) {
            key.add(order.parts().get(i).raw(cells[keyCells[i]]));
        }
        return key;
    }

    /** What MySQL says of the columns of a result: the same as long as their definitions are. */
    static List<String> description(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> description = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            description.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i) + " "
                    + columns.getPrecision(i) + " " + columns.getScale(i));
        }
        return description;
    }
}
