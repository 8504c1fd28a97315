package local.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the rows of one table on both sides: by the texts of their key, or of all that is in them where they have none. */
final class Sides {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\".]+)";
    private static final Pattern TARGET = Pattern.compile(NAME + "\\." + NAME + "\\." + NAME);

    private final Mirrored mirrored;
    private final List<Column> columns;
    private final List<String> missing = new ArrayList<>();

    /** @throws SQLException if Snowflake does not answer; a table that it does not have has no column */
    Sides(Mirrored mirrored, Connection snowflake) throws SQLException {
        this.mirrored = mirrored;
        Set<String> there = targetColumns(mirrored, snowflake);
        this.columns = new ArrayList<>(mirrored.table().columns());
        columns.removeIf(column -> {
            boolean absent = !there.contains(folded(column));
            if (absent) {
                missing.add(column.name());
            }
            return absent;
        });
    }

    /** The columns of the source that the target does not have. */
    List<String> missing() {
        return missing;
    }

    /** Those that can be compared. */
    List<Column> columns() {
        return columns;
    }

    Map<String, List<String>> inMySql(Connection mysql) throws SQLException {
        String sql = select(column -> Values.of(column).inMySql(column.quoted()))
                + mirrored.table().quoted();
        return rows(mysql, sql, false);
    }

    Map<String, List<String>> inSnowflake(Connection snowflake) throws SQLException {
        String sql =
                select(column -> Values.of(column).inSnowflake(quotedInSnowflake(folded(column)))) + mirrored.target();
        return rows(snowflake, sql, true);
    }

    private String select(Function<Column, String> expression) {
        return columns.stream().map(expression).collect(Collectors.joining(", ", "SELECT ", " FROM "));
    }

    private Map<String, List<String>> rows(Connection connection, String sql, boolean isTarget) throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                int at = 1;
                for (Column column : columns) {
                    Values values = Values.of(column);
                    row.add(isTarget ? values.text(found, at) : values.shown(found, at));
                    at += isTarget ? values.width() : 1;
                }
                put(rows, row);
            }
        }
        return rows;
    }

    /**
     * Rows of one key, which only the target may have, and equal rows without one are told apart by a number, unless they
     * count as one.
     */
    private void put(Map<String, List<String>> rows, List<String> row) {
        String key = key(row);
        String numbered = key;
        for (int number = 2; !mirrored.once() && rows.containsKey(numbered); number++) {
            numbered = key + " #" + number;
        }
        rows.put(numbered, row);
    }

    private String key(List<String> row) {
        List<String> key = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String value = row.get(i);
            if (mirrored.table().isKey(columns.get(i))) {
                key.add(value);
            } else if (mirrored.table().key().isEmpty()) {
                key.add(value == null ? "NULL" : "'" + value + "'");
            }
        }
        return key.toString();
    }

    private static Set<String> targetColumns(Mirrored mirrored, Connection snowflake) throws SQLException {
        Matcher name = TARGET.matcher(mirrored.target());
        if (!name.matches()) {
            throw new IllegalArgumentException(mirrored.target() + " is not DATABASE.SCHEMA.TABLE");
        }
        String sql = "SELECT COLUMN_NAME FROM " + name.group(1)
                + ".INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";
        Set<String> there = new HashSet<>();
        try (PreparedStatement statement = snowflake.prepareStatement(sql)) {
            statement.setString(1, unquoted(name.group(2)));
            statement.setString(2, unquoted(name.group(3)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
        }
        return there;
    }

    private static String folded(Column column) {
        return column.name().toUpperCase(Locale.ROOT);
    }

    /** A name in Snowflake's quotes. */
    static String quotedInSnowflake(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
