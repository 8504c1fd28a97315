package local.soak;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Both sides of the soak's tables, row by row.
 *
 * @param lost rows that MySQL has and Snowflake lacks
 * @param differing rows that differ, and rows that Snowflake has and MySQL lacks
 * @param examples a few of them, for the reader
 */
record Comparison(int lost, int differing, List<String> examples) {

    private static final int EXAMPLES = 5;
    private static final JsonMapper JSON = new JsonMapper();

    static Comparison of(Connection mysql, Connection snowflake) throws SQLException {
        Map<String, List<String>> source = new TreeMap<>();
        Map<String, List<String>> target = new TreeMap<>();
        // One moment for both tables.
        mysql.setAutoCommit(false);
        String people = "SELECT id, name, version FROM %s";
        String lines = "SELECT order_id, line_no, amount, placed, doc, photo FROM %s";
        read(mysql, people.formatted("soak.people"), 1, "people", source);
        read(mysql, lines.formatted("soak.`lines`"), 2, "lines", source);
        read(snowflake, people.formatted("CDC_DESTINATION.PUBLIC.PEOPLE"), 1, "people", target);
        read(snowflake, lines.formatted("CDC_DESTINATION.PUBLIC.LINES"), 2, "lines", target);
        int lost = 0;
        int differing = 0;
        List<String> examples = new ArrayList<>();
        for (var row : source.entrySet()) {
            List<String> other = target.remove(row.getKey());
            if (!row.getValue().equals(other)) {
                lost += other == null ? 1 : 0;
                differing += other == null ? 0 : 1;
                examples.add(row.getKey() + ": MySQL " + row.getValue() + ", Snowflake " + other);
            }
        }
        target.forEach((key, row) -> examples.add(key + ": MySQL null, Snowflake " + row));
        return new Comparison(
                lost,
                differing + target.size(),
                examples.stream().limit(EXAMPLES).toList());
    }

    boolean isEqual() {
        return lost == 0 && differing == 0;
    }

    private static void read(
            Connection connection, String sql, int keyColumns, String table, Map<String, List<String>> rows)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(text(found, column));
                }
                rows.put(table + " " + row.subList(0, keyColumns), row);
            }
        }
    }

    /** The value as text that is the same on both sides when the values are. */
    private static String text(ResultSet row, int column) throws SQLException {
        if (row.getObject(column) == null) {
            return null;
        }
        return switch (row.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT)) {
            case "amount" -> row.getBigDecimal(column).setScale(4).toPlainString();
            case "placed" -> row.getTimestamp(column).toLocalDateTime().toString();
            case "photo" -> HexFormat.of().formatHex(row.getBytes(column));
            case "doc" -> json(row.getString(column));
            default -> row.getString(column);
        };
    }

    private static String json(String text) {
        try {
            return JSON.readTree(text).toString();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return text;
        }
    }
}
