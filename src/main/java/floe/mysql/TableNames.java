package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables whose names are those of one asked for, upper or lower case aside.
 *
 * @param found what MySQL shows to this user
 */
record TableNames(List<TableId> found) {

    private static final String ALIKE = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            + " WHERE LOWER(TABLE_SCHEMA) = LOWER(?) AND LOWER(TABLE_NAME) = LOWER(?)"
            + " ORDER BY TABLE_SCHEMA, TABLE_NAME";

    static TableNames like(Connection connection, TableId asked) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALIKE)) {
            statement.setString(1, asked.schema());
            statement.setString(2, asked.table());
            try (ResultSet rows = statement.executeQuery()) {
                List<TableId> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new TableId(rows.getString(1), rows.getString(2)));
                }
                return new TableNames(found);
            }
        }
    }

    /** What to do about a table that is not there, as the end of a sentence. */
    String advice() {
        if (found.isEmpty()) {
            return "correct the name, create the table, or GRANT SELECT on it";
        }
        return "MySQL has " + found.stream().map(TableId::toString).collect(Collectors.joining(" and "))
                + "; spell it as MySQL does";
    }
}
