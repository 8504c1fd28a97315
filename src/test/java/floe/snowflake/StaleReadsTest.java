package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import local.snowflake.SnowflakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sessions, of which neither sees by itself what the other one committed. */
class StaleReadsTest {

    private static final TableId SOURCE = new TableId("shop", "items");
    private static final SnowflakeName ITEMS = new SnowflakeName(SnowflakeServer.DATABASE, "PUBLIC", "ITEMS");

    private SnowflakeServer server;
    private Connection one;
    private Connection other;

    @BeforeEach
    void start() throws Exception {
        server = SnowflakeServer.start();
        one = server.connection();
        other = server.connection();
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(MirrorRule.Deletes.class)
    void aDeleteThatTheOtherAppliedStands(MirrorRule.Deletes deletes) throws Exception {
        setUp(deletes, "ID", "A");
        apply(one, write(1, 1));
        apply(other, write(1, 2));
        server.faults().staleReads(true);

        apply(one, delete(5, 1), delete(6, 3));
        apply(other, write(3, 1), write(4, 3), write(5, 2));

        server.faults().staleReads(false);
        assertThat(living(deletes)).containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource(MirrorRule.Deletes.class)
    void aFloorThatTheOtherRaisedStands(MirrorRule.Deletes deletes) throws Exception {
        setUp(deletes, "ID", "A");
        server.faults().staleReads(true);

        apply(one, "\"floor\":\"" + position(5) + "\",", write(7, 1));
        apply(other, "\"floor\":\"" + position(4) + "\",", write(3, 2), write(4, 3), write(6, 4));

        server.faults().staleReads(false);
        assertThat(living(deletes)).containsExactly("1", "4");
    }

    /** What is refused is what neither is there nor may come. */
    @ParameterizedTest
    @EnumSource(MirrorRule.Deletes.class)
    void belowTheHorizonNothingIsRefusedThatIsThereAndNothingLostThatIsNot(MirrorRule.Deletes deletes)
            throws Exception {
        setUp(deletes, "ID", "A");
        apply(one, write(1, 2), write(11, 4));
        server.execute("UPDATE ITEMS_FLOE SET HORIZON = '" + position(10) + "'");
        server.faults().staleReads(true);
        apply(one, write(20, 1));
        try (Statement statement = one.createStatement()) {
            // As a floor or somebody does: without a tombstone.
            statement.execute("DELETE FROM CDC_DESTINATION.PUBLIC.ITEMS WHERE ID = 2");
        }

        String answer = apply(other, write(5, 1), write(9, 2), write(9, 3), write(12, 4));

        server.faults().staleReads(false);
        assertThat(answer).contains("\"refused\":[1,2]");
        assertThat(living(deletes)).containsExactly("1", "4");
        assertThat(server.query("SELECT * FROM ITEMS WHERE _POSITION < '0'")).isEmpty();
    }

    @Test
    void aPurgeRaisesTheHorizonAboveAllThatItDrops() throws Exception {
        setUp(MirrorRule.Deletes.HARD, "ID", "A");
        apply(other, write(1, 9));
        server.faults().staleReads(true);

        apply(one, delete(5, 1));
        assertThat(purge(other)).isEqualTo(1);
        apply(one, write(3, 1));

        server.faults().staleReads(false);
        assertThat(living(MirrorRule.Deletes.HARD)).containsExactly("9");
        assertThat(server.query("SELECT HORIZON FROM ITEMS_FLOE").toString()).contains(position(5));
    }

    @Test
    void nothingIsAppliedOrPurgedWithoutItsState() throws Exception {
        setUp(MirrorRule.Deletes.HARD, "ID", "A");
        apply(one, delete(5, 1));
        server.execute("DELETE FROM ITEMS_FLOE");

        assertThat(apply(one, write(6, 2))).contains("unready", "ITEMS_FLOE", "floe setup");
        assertThatThrownBy(() -> purge(one)).isInstanceOf(SQLException.class).hasMessageContaining("state");
        assertThat(living(MirrorRule.Deletes.HARD)).isEmpty();
        assertThat(server.query("SELECT * FROM ITEMS_TOMBSTONES WHERE _POSITION <> ''"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(MirrorRule.Deletes.class)
    void columnsMayBeNamedLikeWhatTheProceduresAdd(MirrorRule.Deletes deletes) throws Exception {
        setUp(deletes, "ID", "_INDEX", "_IS_THERE", "VALUE", "INDEX", "HOW_MANY");
        server.execute("UPDATE ITEMS_FLOE SET HORIZON = '" + position(2) + "'");

        String answer = apply(
                one,
                write(3, 1, "\"_INDEX\":\"a\",\"_IS_THERE\":\"b\",\"VALUE\":\"c\",\"INDEX\":\"d\",\"HOW_MANY\":\"e\""),
                write(1, 2));

        assertThat(answer).contains("\"refused\":[1]");
        assertThat(server.query("SELECT ID, _INDEX, _IS_THERE, VALUE, HOW_MANY FROM ITEMS"))
                .hasToString("[{ID=1, _INDEX=a, _IS_THERE=b, VALUE=c, HOW_MANY=e}]");
    }

    private void setUp(MirrorRule.Deletes deletes, String... columns) throws Exception {
        List<Column> all = Stream.of(columns)
                .map(name -> Column.named(name, name.equals("ID") ? "int" : "varchar")
                        .nullable(!name.equals("ID"))
                        .build())
                .toList();
        MirrorRule usual = MirrorRules.USUAL.usual();
        var rule = new MirrorRule(deletes, usual.droppedColumns(), usual.droppedTables(), usual.metadata());
        Setup.execute(
                List.of(new Setup.Mirror(SOURCE, new TableShape(List.of("ID"), all), ITEMS)),
                new MirrorRules(rule, Map.of()),
                one);
    }

    private static String apply(Connection session, String... parts) throws SQLException {
        boolean more = parts[0].startsWith("\"floor\"");
        String changes = String.join(",", List.of(parts).subList(more ? 1 : 0, parts.length));
        try (PreparedStatement call =
                session.prepareStatement("CALL " + ITEMS.applyProcedure().quoted() + "(PARSE_JSON(?))")) {
            call.setString(1, "{" + (more ? parts[0] : "") + "\"changes\":[" + changes + "]}");
            try (ResultSet answer = call.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }

    private static long purge(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet answer =
                        statement.executeQuery("CALL PURGE_ITEMS(TO_TIMESTAMP_LTZ('2100-01-01 00:00:00'))")) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private List<String> living(MirrorRule.Deletes deletes) throws SQLException {
        String where = deletes == MirrorRule.Deletes.SOFT ? " WHERE NOT _DELETED" : "";
        return server.query("SELECT ID FROM ITEMS" + where + " ORDER BY ID").stream()
                .map(row -> row.get("ID").toString())
                .toList();
    }

    private static String write(int offset, int id) {
        return write(offset, id, "\"A\":\"a\"");
    }

    private static String write(int offset, int id, String more) {
        return "{\"position\":\"" + position(offset) + "\",\"row\":{\"ID\":" + id + "," + more + "}}";
    }

    private static String delete(int offset, int id) {
        return "{\"position\":\"" + position(offset) + "\",\"deleted\":true,\"row\":{\"ID\":" + id + "}}";
    }

    private static String position(int offset) {
        return "0000000001-0000000001-%012d-0000000001".formatted(offset);
    }
}
