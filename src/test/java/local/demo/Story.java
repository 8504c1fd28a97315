package local.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The changes that the demonstration makes, in three acts: new rows, changes of rows, and changes of the tables themselves. */
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

    /**
     * A table that changes or comes.
     *
     * @param told what is done, for the terminal
     * @param table its name
     * @param statements what is said to MySQL
     */
    record Definition(String told, String table, List<String> statements) {

        /** Runs the statements; all is committed when this returns. */
        void run(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
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

    /** A column that gives the rows which are there a value, and a table that was not there when Floe was set up. */
    static List<Definition> definitions() {
        return List.of(
                new Definition(
                        "Persons has a new column: Country varchar(60) NOT NULL DEFAULT 'Norway'",
                        "Persons",
                        List.of(
                                "ALTER TABLE CDC_schema.Persons ADD COLUMN Country varchar(60) NOT NULL DEFAULT 'Norway'",
                                "UPDATE CDC_schema.Persons SET Country = 'Ireland' WHERE City = 'Cork'")),
                new Definition(
                        "a new table: Orders, with three rows",
                        "Orders",
                        List.of(
                                "CREATE TABLE CDC_schema.Orders (OrderID int PRIMARY KEY, PersonID int NOT NULL,"
                                        + " Amount decimal(10,2), Placed datetime(3), Note json)",
                                "INSERT INTO CDC_schema.Orders VALUES (1, 1, 19.90, '2026-11-27 09:30:00.250', NULL),"
                                        + " (2, 3, 0.05, '2026-11-27 23:59:59.999', '{\"gift\": true}'),"
                                        + " (3, 3, NULL, NULL, '[\"O''Neill\", 1.50]')")));
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
