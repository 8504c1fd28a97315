package local.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplyProcedureTest {

    private final Mirror persons = Mirror.persons();
    private SnowflakeServer server;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        server = SnowflakeServer.start();
        persons.create(server);
        connection = server.connection();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void newestChangeOfABatchWins() throws Exception {
        long applied =
                apply(write("2", 1, "Ann", "Oslo"), write("3", 1, "Ann O'Neil", "Rome"), write("1", 1, "A", "B"));

        assertThat(applied).isEqualTo(3);
        assertThat(table()).containsExactly(row(1, "Ann O'Neil", "Rome", "3"));
    }

    @Test
    void newestChangeOfSeveralBatchesWinsWhateverTheirOrder() throws Exception {
        apply(write("3", 1, "Ann", "Rome"), write("1", 2, "Bob", "Bonn"));

        apply(write("2", 1, "Ann", "Oslo"), write("4", 2, "Bob", null));
        apply(write("2", 1, "Ann", "Oslo"), write("4", 2, "Bob", null));

        assertThat(table()).containsExactlyInAnyOrder(row(1, "Ann", "Rome", "3"), row(2, "Bob", null, "4"));
    }

    @Test
    void deleteLeavesATombstoneThatALateInsertCannotPass() throws Exception {
        apply(write("1", 1, "Ann", "Oslo"));

        apply(delete("5", 1), delete("3", 9));
        apply(write("4", 1, "Ann", "Late"), write("2", 9, "Never", "Seen"));

        assertThat(table()).isEmpty();
        assertThat(server.query(
                        "SELECT PERSONID, _POSITION FROM CDC_TABLE_TOMBSTONES WHERE _POSITION <> '' ORDER BY 1"))
                .extracting(tombstone -> tombstone.get("_POSITION"))
                .containsExactly("5", "3");
    }

    @Test
    void aBatchWithoutDeletesDoesNotWriteTombstones() throws Exception {
        long before = server.journal().statements("MERGE");

        persons.apply(connection, "{\"deletes\":false,\"changes\":[" + write("1", 1, "Ann", "Oslo") + "]}");

        assertThat(server.journal().statements("MERGE")).isEqualTo(before + 1);
        assertThat(table()).containsExactly(row(1, "Ann", "Oslo", "1"));
    }

    @Test
    void rowWrittenAfterItsDeleteIsThereAgain() throws Exception {
        apply(delete("3", 1));

        apply(write("4", 1, "Ann", "Oslo"));

        assertThat(table()).containsExactly(row(1, "Ann", "Oslo", "4"));
    }

    @Test
    void keyMayHoldNull() throws Exception {
        Mirror places = new Mirror(
                "PLACES",
                List.of(
                        Mirror.Column.key("ID", "NUMBER(38,0)"),
                        Mirror.Column.nullableKey("AREA", "VARCHAR"),
                        Mirror.Column.of("CITY", "VARCHAR")));
        places.create(server);

        for (String city : List.of("Oslo", "Rome")) {
            places.apply(
                    connection,
                    "{\"changes\":[{\"position\":\"" + city + "\",\"row\":{\"ID\":1,\"AREA\":null,\"CITY\":\"" + city
                            + "\"}}]}");
        }

        assertThat(server.query("SELECT CITY FROM PLACES"))
                .extracting(row -> row.get("CITY"))
                .containsExactly("Rome");
    }

    @Test
    void floorRemovesWhatLiesBelowAndKeepsItOut() throws Exception {
        apply(write("1", 1, "Ann", "Oslo"), write("7", 2, "Bob", "Bonn"));

        persons.apply(connection, "{\"floor\":\"5\",\"changes\":[]}");
        apply(write("4", 3, "Eve", "Late"));

        assertThat(table()).containsExactly(row(2, "Bob", "Bonn", "7"));
    }

    @Test
    void unfitValueFailsTheCallAndLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> apply(
                        write("1", 1, "Ann", "Oslo"),
                        "{\"position\":\"2\",\"row\":{\"PERSONID\":\"seven\",\"FULLNAME\":\"x\"}}"))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(100071);
                    assertThat(e.getSQLState()).isEqualTo("22000");
                    assertThat(e.getMessage()).contains("\"seven\"");
                });

        assertThat(table()).isEmpty();
    }

    @Test
    void valueTooLongForItsColumnFailsTheCall() {
        assertThatThrownBy(() -> apply(write("1", 1, "Ann", "Constantinople")))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(100078);
                    assertThat(e.getMessage()).contains("Constantinople");
                });
    }

    private long apply(String... changes) throws SQLException {
        return persons.apply(connection, "{\"changes\":[" + String.join(",", changes) + "]}");
    }

    private static String write(String position, int id, String name, String city) {
        String quoted = city == null ? "null" : "\"" + city + "\"";
        return "{\"position\":\"" + position + "\",\"row\":{\"PERSONID\":" + id + ",\"FULLNAME\":\"" + name
                + "\",\"CITY\":" + quoted + "}}";
    }

    private static String delete(String position, int id) {
        return "{\"position\":\"" + position + "\",\"deleted\":true,\"row\":{\"PERSONID\":" + id + "}}";
    }

    private List<List<Object>> table() throws SQLException {
        return server.query("SELECT * FROM CDC_TABLE").stream()
                .map(Map::values)
                .map(values -> (List<Object>) new java.util.ArrayList<>(values))
                .toList();
    }

    private static List<Object> row(long id, String name, String city, String position) {
        return java.util.Arrays.asList(id, name, city, position);
    }
}
