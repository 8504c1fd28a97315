package local.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table that the demonstration mirrors, as read over one connection. */
final class Persons implements AutoCloseable {

    /** The source table, as the set-up that Floe replaces had it. */
    static final String SOURCE = "CDC_schema.Persons";

    /** The target table, likewise. */
    static final String TARGET = "CDC_DESTINATION.PUBLIC.CDC_TABLE";

    private final Connection connection;
    private final String table;

    private Persons(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    /** The table in MySQL; {@link #close()} closes the connection. */
    static Persons inMySql(Connection connection) {
        return new Persons(connection, SOURCE);
    }

    /** The table in Snowflake; {@link #close()} closes the connection. */
    static Persons inSnowflake(Connection connection) {
        return new Persons(connection, TARGET);
    }

    /** All rows by their key. */
    SortedMap<Integer, Row> rows() throws SQLException {
        SortedMap<Integer, Row> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT PersonID, FullName, City FROM " + table)) {
            while (found.next()) {
                Row row = new Row(found.getInt(1), found.getString(2), found.getString(3));
                rows.put(row.personId(), row);
            }
        }
        return Collections.unmodifiableSortedMap(rows);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
