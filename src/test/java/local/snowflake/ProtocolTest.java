package local.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import local.http.RequestFault;
import net.snowflake.client.api.driver.SnowflakeDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolTest {

    private SnowflakeServer server;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        server = SnowflakeServer.start();
        server.execute("CREATE TABLE T (A INT)");
        connection = server.connection();
    }

    @AfterEach
    void stop() throws Exception {
        server.faults().clear();
        connection.close();
        server.close();
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> SnowflakeServer.connection(server.url(), server.user(), "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390100));
    }

    @Test
    void userLogsInWithItsKeyAndNoOther() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        server.users().publicKey("loader", pair.getPublic());
        Properties login = new Properties();
        login.setProperty("user", "loader");
        login.put("privateKey", pair.getPrivate());

        try (Connection own = new SnowflakeDriver().connect(server.url(), login)) {
            assertThat(one(own, "SELECT CURRENT_USER()")).isEqualTo("LOADER");
        }
        login.put("privateKey", generator.generateKeyPair().getPrivate());
        assertThatThrownBy(() -> new SnowflakeDriver().connect(server.url(), login))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390144));
    }

    @Test
    void expiredSessionIsRenewedUnseen() throws Exception {
        server.faults().expireSessions();

        assertThat(one(connection, "SELECT CURRENT_DATABASE()")).isEqualTo("CDC_DESTINATION");
    }

    @Test
    void forgottenSessionIsLost() throws Exception {
        server.faults().forgetSessions();

        assertThatThrownBy(() -> one(connection, "SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390104));
    }

    @Test
    void statementWhoseAnswerWasLostIsNotRunTwice() throws Exception {
        server.faults().failNextRequests(RequestFault.DROPPED_AFTER_DOING, 1);

        run("INSERT INTO T VALUES (1)");

        assertThat(one(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        assertThat(server.journal().statements("INSERT")).isEqualTo(1);
    }

    @Test
    void statementLostOnItsWayIsRunOnce() throws Exception {
        server.faults().failNextRequests(RequestFault.DROPPED, 1);

        run("INSERT INTO T VALUES (1)");

        assertThat(one(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestFault.class,
            names = {"UNAVAILABLE", "THROTTLED", "FAILED"})
    void driverOutlivesRefusals(RequestFault refusal) throws Exception {
        server.faults().failNextRequests(refusal, 1);

        run("INSERT INTO T VALUES (1)");

        assertThat(one(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
    }

    @Test
    void statementsFailOnRequest() throws Exception {
        server.faults().failNext(1, sql -> sql.startsWith("INSERT"), 625, "57014", "Statement aborted");

        assertThatThrownBy(() -> run("INSERT INTO T VALUES (1)")).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(625);
            assertThat(e.getSQLState()).isEqualTo("57014");
        });
        run("INSERT INTO T VALUES (2)");
        assertThat(one(connection, "SELECT A FROM T")).isEqualTo("2");
    }

    @Test
    void suspendedWarehouseRunsDefinitionsOnly() throws Exception {
        server.faults().suspendWarehouse(true);

        run("CREATE TABLE U (A INT)");
        assertThatThrownBy(() -> run("SELECT * FROM U"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(90073));
    }

    @Test
    void longQueryIsAskedForAgain() throws Exception {
        server.faults().patience(Duration.ofMillis(20)).latency(Duration.ofMillis(200));

        assertThat(one(connection, "SELECT 7")).isEqualTo("7");
    }

    @Test
    void cancelledStatementStops() throws Exception {
        try (Connection holder = server.connection();
                Statement blocking = holder.createStatement();
                Statement waiting = connection.createStatement()) {
            blocking.execute("INSERT INTO T VALUES (1)");
            blocking.execute("BEGIN");
            blocking.execute("UPDATE T SET A = 2");
            CompletableFuture<Void> update = CompletableFuture.runAsync(() -> {
                try {
                    waiting.execute("UPDATE T SET A = 3");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> server.journal().statements("UPDATE") == 2);

            waiting.cancel();

            assertThatThrownBy(update::join).rootCause().isInstanceOfSatisfying(SQLException.class, e -> assertThat(
                            e.getErrorCode())
                    .isEqualTo(604));
        }
    }

    @Test
    void batchOfBindsIsInserted() throws Exception {
        try (var insert = connection.prepareStatement("INSERT INTO T VALUES (?)")) {
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            insert.executeBatch();
        }

        assertThat(one(connection, "SELECT SUM(A) FROM T")).isEqualTo("3");
    }

    @Test
    void databasesAreApart() throws Exception {
        run("CREATE DATABASE OTHER");
        run("CREATE TABLE T (\"a\" VARCHAR(3))");
        run("INSERT INTO OTHER.PUBLIC.T VALUES ('x')");

        assertThat(one(connection, "SELECT \"a\" FROM \"OTHER\".\"PUBLIC\".\"T\""))
                .isEqualTo("x");
        assertThat(one(connection, "SELECT COUNT(*) FROM CDC_DESTINATION.PUBLIC.T"))
                .isEqualTo("0");
        assertThat(one(connection, "SELECT DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'T'"))
                .isEqualTo("TEXT");
        assertThat(one(connection, "SHOW TABLES LIKE 't' IN ACCOUNT")).isEqualTo("T");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
