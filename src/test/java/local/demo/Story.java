package local.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The changes that the demonstration makes, in two acts: the second changes rows that the first wrote. */
final class Story {

    private Story() {}

    /**
     * One statement on one row.
     *
     * @param told what it does, for the terminal
     * @param sql with {@code ?} for each of {@code values}
     * @param after the row as it is then; null if it is gone
     */
    record Step(String told, String sql, List<Object> values, int personId, Row after) {

        /** Runs the statement; it is committed when this returns. */
        void run(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                statement.executeUpdate();
            }
        }
    }

    /** Rows that are there before Floe starts: its snapshot brings them. */
    static List<Step> before() {
        return List.of(insert(1, "Ann Berg", "Oslo"), insert(2, "Ben Carter", "Leeds"));
    }

    /** New rows, with everything that is awkward in text. */
    static List<Step> inserts() {
        return List.of(
                insert(3, "Siobhán O'Brien", "Cork"),
                insert(4, "Anna \"Nan\" \\ Lee", "'quoted'"),
                insert(5, "line one\nline two", "tab\there"),
                insert(6, "Zoë 😀 李", "São Paulo"),
                insert(7, null, null),
                insert(8, "n".repeat(255), "Llanfair"),
                insert(9, "Gone Soon", "Nowhere"));
    }

    /** Changes of rows that are there. */
    static List<Step> changes() {
        return List.of(
                new Step(
                        "update 1: the city",
                        "UPDATE CDC_schema.Persons SET City = ? WHERE PersonID = ?",
                        List.of("Bergen", 1),
                        1,
                        new Row(1, "Ann Berg", "Bergen")),
                new Step(
                        "update 3: an apostrophe again",
                        "UPDATE CDC_schema.Persons SET FullName = ? WHERE PersonID = ?",
                        List.of("Siobhán O'Neill", 3),
                        3,
                        new Row(3, "Siobhán O'Neill", "Cork")),
                new Step("delete 9", "DELETE FROM CDC_schema.Persons WHERE PersonID = ?", List.of(9), 9, null),
                new Step(
                        "update 2: its key becomes 20",
                        "UPDATE CDC_schema.Persons SET PersonID = ? WHERE PersonID = ?",
                        List.of(20, 2),
                        20,
                        new Row(20, "Ben Carter", "Leeds")));
    }

    private static Step insert(int personId, String fullName, String city) {
        Row row = new Row(personId, fullName, city);
        return new Step(
                "insert " + row,
                "INSERT INTO CDC_schema.Persons VALUES (?, ?, ?)",
                java.util.Arrays.asList(personId, fullName, city),
                personId,
                row);
    }
}
