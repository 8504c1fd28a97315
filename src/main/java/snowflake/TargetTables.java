package snowflake;

import change.TableId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The mirrored tables as Snowflake holds them, each read at its first use and then remembered. */
public final class TargetTables {

    private static final int MISSING_OBJECT = 2003;
    private static final JsonMapper JSON = new JsonMapper();

    private final DataSource warehouse;
    private final Map<TableId, TargetTable> known = new ConcurrentHashMap<>();

    public TargetTables(DataSource warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * The table behind {@code target}.
     *
     * @throws TableUnready if Snowflake does not show the table, or it was never set up
     * @throws WarehouseUnwell if Snowflake cannot be asked
     */
    public TargetTable of(Target target) {
        TargetTable table = known.get(target.source());
        return table == null ? refreshed(target) : table;
    }

    /** The same, asked anew. */
    public TargetTable refreshed(Target target) {
        try (Connection connection = warehouse.getConnection()) {
            TargetTable table = new TargetTable(target, key(connection, target), columns(connection, target));
            known.put(target.source(), table);
            return table;
        } catch (SQLException e) {
            known.remove(target.source());
            if (e.getErrorCode() == MISSING_OBJECT) {
                throw notSetUp(target, "is missing or not granted to the role");
            }
            throw new WarehouseUnwell(Failures.explain(e), e);
        }
    }

    private static Set<String> columns(Connection connection, Target target) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet described = statement.executeQuery(
                        "DESCRIBE TABLE " + target.table().quoted())) {
            while (described.next()) {
                columns.add(described.getString("name"));
            }
        }
        return columns;
    }

    private static List<String> key(Connection connection, Target target) throws SQLException {
        String sql = "SELECT KEY_COLUMNS FROM " + target.table().floeTables().quoted() + " WHERE TABLE_NAME = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, target.table().name());
            try (ResultSet lines = statement.executeQuery()) {
                if (!lines.next()) {
                    throw notSetUp(target, "has no line in " + target.table().floeTables());
                }
                return JSON.readValue(lines.getString(1), new TypeReference<List<String>>() {});
            }
        } catch (JsonProcessingException e) {
            throw notSetUp(target, "has key columns in FLOE_TABLES that are not a JSON array");
        }
    }

    private static TableUnready notSetUp(Target target, String what) {
        return new TableUnready("The Snowflake table " + target.table() + " for " + target.source() + " " + what
                + "; run 'floe setup'");
    }
}
