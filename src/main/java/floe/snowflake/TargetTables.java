package floe.snowflake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The mirrored tables as Snowflake holds them, each read at its first use and then remembered. */
public final class TargetTables {

    /** No such table, no such column: FLOE_TABLES is not there, or as an earlier Floe left it. */
    private static final Set<Integer> MISSING = Set.of(904, 2003);

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
            TargetTable table = read(connection, target);
            known.put(target.source(), table);
            return table;
        } catch (SQLException e) {
            known.remove(target.source());
            if (MISSING.contains(e.getErrorCode())) {
                throw notSetUp(
                        target, "was never set up, or by an older Floe, or FLOE_TABLES is not granted to the role");
            }
            throw new WarehouseUnwell(Failures.explain(e), e);
        }
    }

    private static TargetTable read(Connection connection, Target target) throws SQLException {
        String sql = "SELECT KEY_COLUMNS, COLUMNS, DATE_COLUMNS FROM "
                + target.table().floeTables().quoted() + " WHERE TABLE_NAME = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, target.table().name());
            try (ResultSet lines = statement.executeQuery()) {
                if (!lines.next()) {
                    throw notSetUp(target, "has no line in " + target.table().floeTables());
                }
                return new TargetTable(
                        target,
                        names(lines.getString(1)),
                        Set.copyOf(names(lines.getString(2))),
                        Set.copyOf(names(lines.getString(3))));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw notSetUp(target, "has a line in FLOE_TABLES whose columns are no JSON array");
        }
    }

    private static List<String> names(String json) throws JsonProcessingException {
        return JSON.readValue(json, new TypeReference<List<String>>() {});
    }

    private static TableUnready notSetUp(Target target, String what) {
        return new TableUnready("The Snowflake table " + target.table() + " for " + target.source() + " " + what
                + "; run 'floe setup'");
    }
}
