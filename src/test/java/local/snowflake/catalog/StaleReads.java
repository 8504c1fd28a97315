package local.snowflake.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import local.snowflake.sql.ObjectName;

/**
 * Sessions that do not see what others committed: READ_CONSISTENCY_MODE=SESSION, with the moment of delay drawn out
 * for as long as the fault lasts. What a session reads of a table is what that held when the fault began, until the
 * session itself has changed a row of it: a change is made to the newest version, and its own changes a session sees.
 * What a statement changes it finds in the newest version, too. One that changes no row makes no version.
 */
public final class StaleReads {

    private record Change(Session session, ObjectName table) {}

    private static final String SCHEMA = "STALE";

    private final Map<ObjectName, String> copies = new ConcurrentHashMap<>();
    private final Set<Change> changes = ConcurrentHashMap.newKeySet();

    StaleReads() {}

    /** Keeps what all tables hold now. */
    void begin(Connection connection) throws SQLException {
        end(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + SCHEMA);
            for (ObjectName table : tables(statement)) {
                String copy = SCHEMA + "." + ObjectName.quote(table.toString());
                statement.execute("CREATE TABLE " + copy + " AS SELECT * FROM " + table.h2());
                copies.put(table, copy);
            }
        }
    }

    private static List<ObjectName> tables(Statement statement) throws SQLException {
        List<ObjectName> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA LIKE '%.%'")) {
            while (rows.next()) {
                String[] schema = rows.getString(1).split("\\.", 2);
                tables.add(new ObjectName(schema[0], schema[1], rows.getString(2)));
            }
        }
        return tables;
    }

    /** All sessions see all that was committed. */
    void end(Connection connection) throws SQLException {
        copies.clear();
        changes.clear();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }

    /** What H2 calls the table that {@code session} reads. */
    String h2(ObjectName table, Session session) {
        String copy = copies.get(table);
        return copy == null || changes.contains(new Change(session, table)) ? table.h2() : copy;
    }

    /** The session changed at least one row of the table. */
    void changed(ObjectName table, Session session) {
        if (copies.containsKey(table)) {
            changes.add(new Change(session, table));
        }
    }
}
