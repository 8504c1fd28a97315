package floe.mysql;

import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The tables that there are, as MySQL shows them to this user: no views, no temporary ones, none of MySQL's own schemas. */
public final class BaseTables {

    private static final String ALL =
            """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_TYPE = 'BASE TABLE'
              AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')""";

    private static final String ORDER = " ORDER BY TABLE_SCHEMA, TABLE_NAME";

    private BaseTables() {}

    /** Those that are asked for, ordered by schema and name. */
    public static Set<TableId> all(Connection connection, Predicate<TableId> asked) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL + ORDER);
                ResultSet rows = statement.executeQuery()) {
            Set<TableId> found = new LinkedHashSet<>();
            while (rows.next()) {
                TableId table = new TableId(rows.getString("TABLE_SCHEMA"), rows.getString("TABLE_NAME"));
                if (asked.test(table)) {
                    found.add(table);
                }
            }
            return found;
        }
    }

    /** Those among the tables that are there in this spelling. */
    public static Set<TableId> among(Connection connection, Collection<TableId> tables) throws SQLException {
        if (tables.isEmpty()) {
            return Set.of();
        }
        Set<TableId> found = new LinkedHashSet<>();
        SourceSchema.forEachRow(
                connection,
                ALL + " AND TABLE_SCHEMA IN (%s) AND TABLE_NAME IN (%s)" + ORDER,
                tables,
                (table, row) -> found.add(table));
        return found;
    }
}
