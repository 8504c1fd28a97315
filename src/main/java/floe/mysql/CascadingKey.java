package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A foreign key by which MySQL changes rows of one table when rows of another go or change, and writes only the latter to its
 * binlog.
 *
 * @param onDelete whether it does when rows of the parent are deleted
 * @param onUpdate the columns of the parent at whose change it does; empty if it does not
 */
public record CascadingKey(TableId parent, TableId child, boolean onDelete, Set<String> onUpdate) {

    private static final String ALL =
            """
            SELECT k.CONSTRAINT_SCHEMA, k.CONSTRAINT_NAME, k.TABLE_SCHEMA, k.TABLE_NAME, k.REFERENCED_TABLE_SCHEMA,
                   k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME,
                   r.DELETE_RULE IN ('CASCADE', 'SET NULL') AS ON_DELETE,
                   r.UPDATE_RULE IN ('CASCADE', 'SET NULL') AS ON_UPDATE
            FROM information_schema.REFERENTIAL_CONSTRAINTS r
            JOIN information_schema.KEY_COLUMN_USAGE k
              ON k.CONSTRAINT_SCHEMA = r.CONSTRAINT_SCHEMA AND k.CONSTRAINT_NAME = r.CONSTRAINT_NAME
             AND k.TABLE_NAME = r.TABLE_NAME
            WHERE (r.DELETE_RULE IN ('CASCADE', 'SET NULL') OR r.UPDATE_RULE IN ('CASCADE', 'SET NULL'))
              AND k.REFERENCED_COLUMN_NAME IS NOT NULL""";

    public CascadingKey {
        onUpdate = Set.copyOf(onUpdate);
    }

    /** All that the server has and shows. */
    public static List<CascadingKey> read(Connection connection) throws SQLException {
        Map<List<String>, CascadingKey> keys = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                Set<String> columns =
                        rows.getBoolean("ON_UPDATE") ? Set.of(rows.getString("REFERENCED_COLUMN_NAME")) : Set.of();
                CascadingKey column = new CascadingKey(
                        new TableId(rows.getString("REFERENCED_TABLE_SCHEMA"), rows.getString("REFERENCED_TABLE_NAME")),
                        new TableId(rows.getString("TABLE_SCHEMA"), rows.getString("TABLE_NAME")),
                        rows.getBoolean("ON_DELETE"),
                        columns);
                keys.merge(
                        List.of(rows.getString("CONSTRAINT_SCHEMA"), rows.getString("CONSTRAINT_NAME")),
                        column,
                        CascadingKey::with);
            }
        }
        return new ArrayList<>(keys.values());
    }

    private CascadingKey with(CascadingKey otherColumn) {
        Set<String> both = new HashSet<>(onUpdate);
        both.addAll(otherColumn.onUpdate);
        return new CascadingKey(parent, child, onDelete, both);
    }
}
