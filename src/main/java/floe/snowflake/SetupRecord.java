package floe.snowflake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a Snowflake schema holds of mirrored tables, by their names.
 *
 * @param listed the sources that may be mirrored
 * @param filled the sources whose tables were made, or are
 * @param setUp digests of what they were made from by setup, if they are as it left them
 */
record SetupRecord(Map<String, String> listed, Map<String, String> filled, Map<String, String> setUp) {

    /** No such table or schema, or no such column: no Floe was here, or an earlier one. */
    private static final Set<Integer> MISSING = Set.of(904, 2003, 2043);

    /** Of a schema that nobody set up. */
    static final SetupRecord NONE = new SetupRecord(Map.of(), Map.of(), Map.of());

    SetupRecord {
        listed = Map.copyOf(listed);
        filled = Map.copyOf(filled);
        setUp = Map.copyOf(setUp);
    }

    /**
     * Reads it with three questions, however many tables there are.
     *
     * @param table any of the schema
     * @return {@link #NONE} if this Floe never set the schema up
     * @throws WarehouseUnwell if Snowflake cannot be asked
     */
    static SetupRecord read(Connection connection, SnowflakeName table) {
        try {
            return new SetupRecord(
                    pairs(
                            connection,
                            "SELECT TABLE_NAME, SOURCE FROM "
                                    + table.beside("FLOE_SOURCES").quoted() + " WHERE TABLE_NAME <> ''"),
                    pairs(
                            connection,
                            "SELECT TABLE_NAME, SOURCE FROM "
                                    + table.floeTables().quoted() + " WHERE REVISION IS NOT NULL"),
                    pairs(connection, asSetupLeftThem(table)));
        } catch (SQLException e) {
            if (MISSING.contains(e.getErrorCode())) {
                return NONE;
            }
            throw new WarehouseUnwell(Failures.explain(e), e);
        }
    }

    /** Whether all is done of what was begun, and nobody but Floe dropped or replaced the table since. */
    private static String asSetupLeftThem(SnowflakeName table) {
        return "SELECT t.TABLE_NAME, t.SET_UP FROM " + table.floeTables().quoted() + " AS t LEFT JOIN "
                + Quote.name(table.database()) + ".INFORMATION_SCHEMA.TABLES AS i ON i.TABLE_SCHEMA = "
                + Quote.text(table.schema()) + " AND i.TABLE_NAME = t.TABLE_NAME"
                + " WHERE t.SET_UP IS NOT NULL AND t.REVISION IS NOT NULL AND t.PLAN <> ''"
                + " AND (t.GONE_SINCE IS NOT NULL OR DATE_PART('epoch_nanosecond', i.CREATED)::VARCHAR = t.CREATED)";
    }

    private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
        Map<String, String> pairs = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                pairs.put(rows.getString(1), rows.getString(2));
            }
        }
        return pairs;
    }
}
