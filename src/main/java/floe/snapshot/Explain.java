package floe.snapshot;

import floe.change.TableId;
import floe.mysql.SqlName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * How MySQL would run a SELECT of one table.
 *
 * @param index the one that it reads by; null without
 * @param type how, in the words of the MySQL manual, "EXPLAIN Join Types"; null if it knows that there is no row
 * @param rows how many it thinks that it must read
 */
record Explain(String index, String type, long rows, boolean sorts) {

    private static final Set<String> RANGES = Set.of("range", "ref", "const", "eq_ref");

    /** Of an index that is smaller it may read all that there is instead of a range. */
    private static final int FEW_ROWS = 100;

    static Explain of(Connection mysql, String select) throws SQLException {
        try (Statement statement = mysql.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN FORMAT=TRADITIONAL " + select)) {
            row.next();
            String extra = row.getString("Extra");
            return new Explain(
                    row.getString("key"),
                    row.getString("type"),
                    row.getLong("rows"),
                    extra != null && (extra.contains("filesort") || extra.contains("temporary")));
        }
    }

    /**
     * The rows of the table, as estimated, whose key meets a condition; all where that would be most of them. With a forced
     * index a newer MySQL does not look.
     */
    static long rows(Connection mysql, TableId table, KeyOrder order, String condition) throws SQLException {
        return of(mysql, "SELECT * FROM " + SqlName.of(table) + order.offer() + " WHERE " + condition)
                .rows();
    }

    /** Whether it reads along the index from one of its ends. */
    boolean scans(KeyOrder order) {
        return type == null || (order.index().equals(index) && !sorts);
    }

    /** Whether it goes straight to a place in the index and reads on from there. */
    boolean seeks(KeyOrder order) {
        return type == null || (scans(order) && (RANGES.contains(type) || rows < FEW_ROWS));
    }
}
