package local.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Both sides of some tables, value by value, as docs/types.md maps them. Columns that only Snowflake has are not looked at.
 *
 * @param rows that MySQL has
 * @param differences all of them
 */
public record Comparison(long rows, List<Difference> differences) {

    /**
     * Compares.
     *
     * @param mysql is left in a transaction, so that all of its tables are of one moment
     */
    public static Comparison of(Connection mysql, Connection snowflake, Collection<Mirrored> tables)
            throws SQLException {
        mysql.setAutoCommit(false);
        try (Statement session = mysql.createStatement()) {
            session.execute("SET time_zone = '+00:00', sql_mode = ''");
        }
        List<Difference> differences = new ArrayList<>();
        long rows = 0;
        for (Mirrored mirrored : tables) {
            rows += compare(mirrored, mysql, snowflake, differences);
        }
        return new Comparison(rows, List.copyOf(differences));
    }

    public boolean isEqual() {
        return differences.isEmpty();
    }

    /** Rows that Snowflake lacks. */
    public long lost() {
        return count(Difference.Kind.LOST);
    }

    /** All other differences. */
    public long differing() {
        return differences.size() - lost();
    }

    /** Some differences, for people: one or two of each kind and column of a table. */
    public List<String> examples(int most) {
        Map<String, List<Difference>> alike = differences.stream()
                .collect(Collectors.groupingBy(
                        difference -> difference.table() + " " + difference.kind() + " " + difference.column(),
                        TreeMap::new,
                        Collectors.toList()));
        return alike.values().stream()
                .flatMap(some -> some.stream()
                        .limit(2)
                        .map(difference -> difference + (some.size() > 2 ? " (" + some.size() + " like it)" : "")))
                .limit(most)
                .toList();
    }

    private long count(Difference.Kind kind) {
        return differences.stream()
                .filter(difference -> difference.kind() == kind)
                .count();
    }

    private static int compare(Mirrored mirrored, Connection mysql, Connection snowflake, List<Difference> differences)
            throws SQLException {
        Table table = mirrored.table();
        Sides sides = new Sides(mirrored, snowflake);
        if (sides.columns().isEmpty()) {
            differences.add(
                    new Difference(table, Difference.Kind.NO_TABLE, "", "", null, "no table " + mirrored.target()));
            return 0;
        }
        for (String column : sides.missing()) {
            differences.add(new Difference(table, Difference.Kind.NO_COLUMN, "", column, null, null));
        }
        Map<String, List<String>> source = sides.inMySql(mysql);
        Map<String, List<String>> target;
        try {
            target = sides.inSnowflake(snowflake);
        } catch (SQLException e) {
            differences.add(new Difference(table, Difference.Kind.NO_TABLE, "", "", null, e.getMessage()));
            return source.size();
        }
        source.forEach((key, row) -> {
            List<String> other = target.remove(key);
            if (other == null) {
                differences.add(new Difference(table, Difference.Kind.LOST, key, "", row.toString(), null));
            } else {
                differences.addAll(values(table, sides.columns(), key, row, other));
            }
        });
        target.forEach((key, row) ->
                differences.add(new Difference(table, Difference.Kind.LEFT_OVER, key, "", null, row.toString())));
        return source.size();
    }

    private static List<Difference> values(
            Table table, List<Column> columns, String key, List<String> row, List<String> other) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Objects.equals(row.get(i), other.get(i))) {
                differences.add(new Difference(
                        table, Difference.Kind.VALUE, key, columns.get(i).name(), row.get(i), other.get(i)));
            }
        }
        return differences;
    }
}
