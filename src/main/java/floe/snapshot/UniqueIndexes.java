package floe.snapshot;

import floe.binlog.ColumnLayout;
import floe.binlog.TableLayout;
import floe.change.TableId;
import floe.mysql.SourceTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The indexes by which a table may be read in order: unique, of whole columns that are never NULL. */
final class UniqueIndexes {

    private static final String PARTS =
            """
            SELECT INDEX_NAME, COLUMN_NAME, COLLATION,
                   SUB_PART IS NULL AND NULLABLE = '' AND INDEX_TYPE = 'BTREE' AND IS_VISIBLE = 'YES' AS FIT
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0
            ORDER BY INDEX_NAME, SEQ_IN_INDEX""";

    private UniqueIndexes() {}

    /** Those of the table: the primary key first, then one over the columns that its rows are told apart by. */
    static List<KeyOrder> find(Connection mysql, SourceTable table, TableLayout layout) throws SQLException {
        Map<String, ColumnLayout> columns =
                layout.columns().stream().collect(Collectors.toMap(ColumnLayout::name, Function.identity()));
        List<KeyOrder> found = new ArrayList<>();
        parts(mysql, table.id()).forEach((index, parts) -> {
            List<KeyPart> fit = parts.stream()
                    .filter(part -> part.fit() && columns.containsKey(part.column()))
                    .map(part -> new KeyPart(columns.get(part.column()), part.descending()))
                    .filter(part -> KeyPart.isFit(part.column()))
                    .toList();
            if (fit.size() == parts.size()) {
                found.add(new KeyOrder(index, fit));
            }
        });
        List<String> key = table.shape().key();
        found.sort(Comparator.comparing((KeyOrder order) -> !order.index().equals("PRIMARY"))
                .thenComparing(order -> !names(order).equals(key)));
        return found;
    }

    private static List<String> names(KeyOrder order) {
        return order.parts().stream().map(part -> part.column().name()).toList();
    }

    /** A column of an index, or an expression, which has no name. */
    private record Part(String column, boolean descending, boolean fit) {}

    private static Map<String, List<Part>> parts(Connection mysql, TableId table) throws SQLException {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        try (PreparedStatement statement = mysql.prepareStatement(PARTS)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    parts.computeIfAbsent(row.getString("INDEX_NAME"), any -> new ArrayList<>())
                            .add(new Part(
                                    row.getString("COLUMN_NAME"),
                                    "D".equals(row.getString("COLLATION")),
                                    row.getBoolean("FIT")));
                }
            }
        }
        return parts;
    }
}
