package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import local.FreePort;
import local.snowflake.SnowflakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehouseTest {

    @TempDir
    Path folder;

    private SnowflakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = SnowflakeServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aWrongPasswordIsTriedOnceWhoeverAsks() throws Exception {
        try (Warehouse warehouse = warehouse(server.url(), "wrong")) {
            long begin = System.nanoTime();

            List<SQLException> failures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                failures.addAll(failures(warehouse, 8));
            }

            assertThat(failures).hasSize(24).allSatisfy(failure -> assertThat(Failures.explain(failure))
                    .contains("390100 (08001)", "wrong snowflake.user or snowflake.password", "Incorrect username"));
            assertThat(server.users().tries()).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(warehouse.reach()).contains("out of reach", "wrong snowflake.user");
            assertThatThrownBy(warehouse::checkLogin)
                    .isInstanceOf(WarehouseUnwell.class)
                    .hasMessageContaining("wrong snowflake.user or snowflake.password");
        }
    }

    @Test
    void aPasswordThatIsChangedWhileFloeRunsIsTriedOnce() throws Exception {
        try (Warehouse warehouse = warehouse(server.url(), server.password())) {
            warehouse.getConnection().close();
            warehouse.checkLogin();
            server.users().password(server.user(), "another");
            long before = server.users().tries();

            try (Connection one = warehouse.getConnection()) {
                assertThat(failures(warehouse, 4)).hasSize(4);
            }

            assertThat(server.users().tries()).isEqualTo(before + 1);
            assertThatThrownBy(warehouse::checkLogin).hasMessageContaining("wrong snowflake.user");
        }
    }

    @Test
    void aKeyThatIsNotTheUsersIsToldWithTheWayOut() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        server.users().publicKey(server.user(), rsa.generateKeyPair().getPublic());
        var another = rsa.generateKeyPair().getPrivate();
        String base64 = Base64.getMimeEncoder().encodeToString(another.getEncoded());
        Path file = Files.writeString(
                folder.resolve("key"), "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        try (Warehouse warehouse = new Warehouse(new WarehouseSettings(
                server.url(),
                Optional.empty(),
                server.user(),
                Optional.empty(),
                Map.of("private_key_file", file.toString()),
                2,
                Duration.ofSeconds(5)))) {

            List<SQLException> failures = failures(warehouse, 2);

            assertThat(failures).hasSize(2).allSatisfy(failure -> assertThat(Failures.explain(failure))
                    .contains("390144", "is not the key of snowflake.user", "RSA_PUBLIC_KEY", "clock"));
            assertThat(server.users().tries()).isEqualTo(1);
        }
    }

    @Test
    void aSnowflakeThatIsOutOfReachIsTriedAgainAtOnce() throws Exception {
        int port = FreePort.find();
        String url = server.url().replace(":" + server.port() + "/", ":" + port + "/");
        try (Warehouse warehouse = warehouse(url, server.password())) {
            assertThat(failures(warehouse, 3)).hasSize(3).allSatisfy(failure -> assertThat(Failures.explain(failure))
                    .contains("The Snowflake driver failed with 200015", "cannot be reached", "snowflake.url"));
            warehouse.checkLogin();

            try (SnowflakeServer there = SnowflakeServer.start(port);
                    Connection connection = warehouse.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
                assertThat(there.users().tries()).isEqualTo(1);
            }
        }
    }

    @Test
    void aCallIsOneRequestAndSaysWhatItIsFor() throws Exception {
        server.execute(
                "CREATE TABLE \"Lines\" (ID NUMBER)",
                "CREATE PROCEDURE \"Apply \"\"it\"\"\"(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN"
                        + " INSERT INTO \"Lines\" VALUES (:N); RETURN 1; END; $$");
        try (Warehouse warehouse = warehouse(server.url(), server.password());
                Connection connection = warehouse.getConnection();
                PreparedStatement call = connection.prepareStatement("CALL \"Apply \"\"it\"\"\"(?)")) {
            assertThat(call.getParameterMetaData().getParameterCount()).isEqualTo(1);
            call.setObject(1, 7);
            assertThat(call.execute()).isTrue();

            assertThat(server.journal().descriptions()).isZero();
            assertThat(
                            server.journal()
                                    .tagged(
                                            "{\"app\":\"floe\",\"stage\":\"load\",\"procedure\":\"\\\"Apply \\\"\\\"it\\\"\\\"\\\"\"}"))
                    .isEqualTo(2);

            long before = server.journal().tagged("{\"app\":\"floe\"}");
            connection.createStatement().execute("SELECT 1");
            assertThat(server.journal().tagged("{\"app\":\"floe\"}")).isEqualTo(before + 1);
        }
        assertThat(server.query("SELECT ID FROM \"Lines\"")).hasToString("[{ID=7}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | CALL P()",
                "1 | CALL P(PARSE_JSON(?))",
                "3 | CALL A.B.P(?, ?,?)",
                "1 | CALL P('?', ?)",
                "1 | CALL P('it''s ?', ?)",
                "1 | CALL P('it\\'s ?', ?)",
                "1 | CALL \"P?\"(?)",
                "2 | CALL P(?, $$ '? $$, ?)",
                "1 | CALL P(?) -- ?",
                "1 | CALL P(/* ? '*/ ?)",
                "2 | call p(?, ?) // ?"
            })
    void theParametersOfAStatementAreCountedHere(int count, String sql) throws Exception {
        try (Warehouse warehouse = warehouse(server.url(), server.password());
                Connection connection = warehouse.getConnection();
                PreparedStatement call = connection.prepareStatement(sql)) {
            assertThat(call.getParameterMetaData().getParameterCount()).isEqualTo(count);
            assertThatThrownBy(call::execute).isInstanceOf(SQLException.class);
        }
    }

    private Warehouse warehouse(String url, String password) {
        return new Warehouse(new WarehouseSettings(
                url, Optional.empty(), server.user(), Optional.of(password), Map.of(), 9, Duration.ofSeconds(2)));
    }

    /** What so many threads get that want a connection at the same time. */
    private static List<SQLException> failures(Warehouse warehouse, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<SQLException>> asked = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> failure(warehouse)))
                    .toList();
            List<SQLException> failures = new ArrayList<>();
            for (Future<SQLException> one : asked) {
                if (one.get() != null) {
                    failures.add(one.get());
                }
            }
            return failures;
        } finally {
            pool.shutdownNow();
        }
    }

    private static SQLException failure(Warehouse warehouse) {
        try (Connection connection = warehouse.getConnection()) {
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}
