package floe.snowflake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.Position;
import floe.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The mirrored tables as Snowflake holds them, each read at its first use and then remembered for some minutes. */
public final class TargetTables {

    /** So long nobody is asked again: each question keeps a warehouse awake. */
    private static final Duration TRUSTED = Duration.ofMinutes(5);

    /** A name may hold any character. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private static final Position FIRST = new Position(0, 0, 0, 0);

    private final DataSource warehouse;
    private final Rereads rereads;
    private final Map<TableId, Known> known = new ConcurrentHashMap<>();

    /** @param at when Snowflake was asked, as {@link System#nanoTime} counts */
    private record Known(TargetTable table, long at) {

        boolean isOld() {
            return System.nanoTime() - at > TRUSTED.toNanos();
        }
    }

    /** @param rereads has sources read again whose tables someone replaced */
    public TargetTables(DataSource warehouse, Rereads rereads) {
        this.warehouse = warehouse;
        this.rereads = rereads;
    }

    /**
     * The table behind {@code target}.
     *
     * @throws TableUnready if Snowflake does not show the table, or it was never set up
     * @throws WarehouseUnwell if Snowflake cannot be asked
     */
    public TargetTable of(Target target) {
        Known table = known.get(target.source());
        return table == null || table.isOld() ? refreshed(target) : table.table();
    }

    /**
     * The same, asked anew, and looked at whether someone else changed it so that changes would be lost. One that someone replaced
     * is made anew once its source will be read again.
     */
    public TargetTable refreshed(Target target) {
        try (Connection connection = warehouse.getConnection()) {
            look(connection, target);
            TargetTable table = read(connection, target);
            known.put(target.source(), new Known(table, System.nanoTime()));
            return table;
        } catch (SQLException e) {
            known.remove(target.source());
            if (Failures.isMissing(e)) {
                throw notSetUp(
                        target, "was never set up, or by an older Floe, or FLOE_TABLES is not granted to the role");
            }
            throw new WarehouseUnwell(Failures.explain(e), e);
        }
    }

    /**
     * Whether the table for {@code source} was found ready after that.
     *
     * @param time as {@link System#nanoTime} counts
     */
    public boolean wasReadySince(TableId source, long time) {
        Known table = known.get(source);
        return table != null && table.at() - time > 0;
    }

    /** Has the table asked anew when it is needed next. */
    public void forget(Target target) {
        known.remove(target.source());
    }

    private static TargetTable read(Connection connection, Target target) throws SQLException {
        String sql = "SELECT KEY_COLUMNS, COLUMNS, DATE_COLUMNS, DROPPED_COLUMNS, SHAPE_POSITION, KEYED_SINCE,"
                + " OTHER_KEY_AT, OWN_COLUMNS, GONE_SINCE FROM "
                + target.table().floeTables().quoted() + " WHERE TABLE_NAME = ? AND REVISION IS NOT NULL";
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
                        Set.copyOf(names(lines.getString(3))),
                        Set.copyOf(names(lines.getString(4))),
                        position(lines.getString(5)),
                        position(lines.getString(6)),
                        position(lines.getString(7)),
                        Set.copyOf(names(lines.getString(8))),
                        lines.getString(9) == null ? null : Position.parse(lines.getString(9)));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw notSetUp(target, "has a line in FLOE_TABLES that is not this Floe's");
        }
    }

    private void look(Connection connection, Target target) throws SQLException {
        Evolution look = Evolution.look(target);
        String answer = call(connection, look);
        Optional<String> replaced = look.replaced(answer);
        if (replaced.isPresent()) {
            Optional<Rereads.Lacking> lacking = rereads.lacking(target.source(), replaced.get());
            if (lacking.isPresent()) {
                throw lacking.get().behind(look.unready(answer).orElseThrow());
            }
            answer = call(connection, Evolution.anew(target.source(), target.table()));
        }
        look.unready(answer).ifPresent(why -> {
            throw why;
        });
    }

    private static String call(Connection connection, Evolution evolution) throws SQLException {
        String sql = "CALL " + evolution.table().evolveProcedure().quoted() + "(?, ?, ?, ?, ?)";
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, evolution.source().schema());
            call.setString(2, evolution.source().table());
            call.setString(3, evolution.table().name());
            call.setString(4, evolution.shape());
            call.setString(5, evolution.toldAt());
            try (ResultSet answer = call.executeQuery()) {
                return answer.next() ? answer.getString(1) : null;
            }
        }
    }

    private static Position position(String text) {
        return text.isEmpty() ? FIRST : Position.parse(text);
    }

    private static List<String> names(String json) throws JsonProcessingException {
        return JSON.readValue(json, new TypeReference<List<String>>() {});
    }

    private static TableUnready notSetUp(Target target, String what) {
        return new TableUnready(
                target.source(),
                "The Snowflake table " + target.table() + " for " + target.source() + " " + what
                        + "; run 'floe setup'");
    }
}
