package local.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private final Mirror persons = Mirror.persons();
    private SnowflakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = SnowflakeServer.start();
        persons.create(server);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void twoLoadersOfTheSameRowsInsertNothingTwice() {
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> apply("1"));
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> apply("2"));

        assertThat(first.join() + second.join()).isEqualTo(400);

        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE")).isEqualTo(200);
        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE WHERE _POSITION = '2'"))
                .isEqualTo(200);
    }

    @Test
    void lanesThatTwoLoadersEndAtOnceEndTheSnapshot() {
        apply("1");

        List<CompletableFuture<Long>> loaders = IntStream.range(0, 2)
                .mapToObj(loader -> CompletableFuture.supplyAsync(() -> {
                    IntStream.iterate(loader, lane -> lane < 20, lane -> lane + 2)
                            .forEach(this::endLane);
                    return 0L;
                }))
                .toList();
        loaders.forEach(CompletableFuture::join);

        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE")).isZero();
        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE_FLOE WHERE FLOOR = '2'"))
                .isEqualTo(1);
        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE_FLOE")).isEqualTo(1);
    }

    private void endLane(int lane) {
        try (Connection connection = server.connection()) {
            persons.apply(
                    connection,
                    "{\"snapshots\":[{\"position\":\"2\",\"step\":\"end\",\"lane\":" + lane
                            + ",\"lanes\":20}],\"changes\":[]}");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void applyWaitsForTheLockOfTheTableAndThenSees() throws Exception {
        try (Connection holder = server.connection();
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("UPDATE CDC_TABLE_FLOE SET FLOOR = '5'");
            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> apply("3"));
            await().until(() -> server.journal().calls("CDC_DESTINATION.PUBLIC.APPLY_CDC_TABLE") == 1);
            assertThat(waiting).isNotDone();

            statement.execute("COMMIT");
            waiting.join();
        }

        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE")).isZero();
    }

    @Test
    void whoWaitsTooLongForALockFails() throws Exception {
        server.faults().lockTimeout(Duration.ofMillis(50));
        try (Connection holder = server.connection();
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("UPDATE CDC_TABLE_FLOE SET FLOOR = '5'");

            assertThatThrownBy(() -> apply("3")).cause().isInstanceOfSatisfying(SQLException.class, e -> assertThat(
                            e.getErrorCode())
                    .isEqualTo(625));
        }
    }

    @Test
    void killedSessionUndoesItsTransaction() throws Exception {
        try (Connection connection = server.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("INSERT INTO CDC_TABLE (PERSONID) VALUES (1)");

            server.faults().forgetSessions();

            assertThatThrownBy(() -> statement.execute("COMMIT"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(390104));
        }
        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE")).isZero();
    }

    @Test
    void serverThatDiesInACallUndoesItAndAnswersNobodyForAWhile() throws Exception {
        server.faults().dieAt(sql -> sql.startsWith("MERGE"), Duration.ofSeconds(2));

        assertThatThrownBy(() -> apply("3")).hasCauseInstanceOf(SQLException.class);

        assertThat(server.faults().deaths()).isEqualTo(1);
        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE")).isZero();
        assertThat(apply("4")).isEqualTo(200);
    }

    @Test
    void definitionsCommitTheOpenTransaction() throws Exception {
        try (Connection connection = server.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO CDC_TABLE (PERSONID) VALUES (1)");
            statement.execute("CREATE TABLE OTHER (A INT)");
            statement.execute("INSERT INTO CDC_TABLE (PERSONID) VALUES (2)");
            connection.rollback();
        }

        assertThat(count("SELECT COUNT(*) AS N FROM CDC_TABLE")).isEqualTo(1);
    }

    private long apply(String position) {
        String changes = IntStream.range(0, 200)
                .mapToObj(id -> "{\"position\":\"" + position + "\",\"row\":{\"PERSONID\":" + id + "}}")
                .collect(Collectors.joining(",", "{\"changes\":[", "]}"));
        try (Connection connection = server.connection()) {
            return persons.apply(connection, changes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String sql) {
        try {
            return ((Number) server.query(sql).get(0).get("N")).longValue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
