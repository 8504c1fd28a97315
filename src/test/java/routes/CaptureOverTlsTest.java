package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import local.Forwarder;
import local.mysql.Authority;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capture from servers that show who they are, and from one that shows a certificate of another. */
class CaptureOverTlsTest {

    private static final String ITEMS = "shop.items";

    @TempDir
    static Path folder;

    private static Authority authority;
    private static Authority stranger;
    private static CaptureWorld world;
    private static MySqlServer impostor;

    private Path state;
    private String name;

    @BeforeAll
    static void start() throws Exception {
        authority = new Authority(Files.createDirectory(folder.resolve("authority")));
        stranger = new Authority(Files.createDirectory(folder.resolve("stranger")));
        MySqlSettings settings = MySqlSettings.defaults().withOption("performance_schema", "ON");
        world = new CaptureWorld(folder, authority.certify(settings, "localhost"));
        impostor = new MySqlServer(authority
                        .certify(MySqlSettings.defaults(), "elsewhere.example")
                        .withPassword(world.mysql.password())
                        .withOption("performance_schema", "ON"))
                .start();
        for (MySqlServer server : List.of(world.mysql, impostor)) {
            server.execute(
                    "ALTER USER '" + server.user() + "'@'%' REQUIRE SSL",
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.items (id int AUTO_INCREMENT PRIMARY KEY, name varchar(40))");
        }
    }

    @AfterAll
    static void end() {
        if (impostor != null) {
            impostor.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        state = Files.createTempDirectory(folder, "state");
        name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    @Test
    void theServerThatWasMeantIsReadEncrypted() throws Exception {
        insert(world.mysql, "snapshot-" + name);
        try (var floe = capture(world.mysql.port(), "verify-identity", authority)) {
            awaitItem("snapshot-" + name);
            insert(world.mysql, "binlog-" + name);
            awaitItem("binlog-" + name);

            List<Map<String, Object>> sessions = world.mysql.query("SELECT PROCESSLIST_COMMAND, CONNECTION_TYPE"
                    + " FROM performance_schema.threads WHERE PROCESSLIST_USER = 'floe'");

            assertThat(sessions)
                    .anySatisfy(session -> assertThat(session).containsEntry("PROCESSLIST_COMMAND", "Binlog Dump"))
                    .allSatisfy(session -> assertThat(session).containsEntry("CONNECTION_TYPE", "SSL/TLS"));
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        try (var floe = capture(world.mysql.port(), "verify-identity", stranger)) {
            awaitDown(floe.camel(), "TLS failed: ", "see the settings capture.ssl-mode and capture.ssl-ca-file");
        }
    }

    @Test
    void anotherNameIsRefusedOnlyWhereTheNameCounts() throws Exception {
        insert(impostor, name);
        try (var floe = capture(impostor.port(), "verify-identity", authority)) {
            awaitDown(floe.camel(), "TLS failed: ", "localhost");
        }

        try (var floe = capture(impostor.port(), "verify-ca", authority)) {
            awaitItem(name);
        }
    }

    @Test
    void noneOfTheConnectionsOfCaptureTrustsAnImpostor() throws Exception {
        insert(world.mysql, name);
        long fooled = connections(impostor);

        int connections = 0;
        while (meetsTheImpostorAfter(connections)) {
            connections++;
        }

        assertThat(connections).isGreaterThan(3);
        assertThat(connections(impostor)).isEqualTo(fooled);
    }

    /**
     * Starts capture, whose connections after so many good ones come to the impostor, with a snapshot and changes from
     * the binlog. Returns false where capture made no more connections than those.
     */
    private boolean meetsTheImpostorAfter(int good) throws Exception {
        state = Files.createTempDirectory(folder, "state");
        String later = "later-" + good + "-" + name;
        try (var address = Forwarder.to(world.mysql.port())) {
            address.moveAfter(good, impostor.port());
            try (var floe = capture(address.port(), "verify-identity", authority)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    insert(world.mysql, later);
                    return address.accepted() > good || itemsOf(later) > 20;
                });
                boolean met = address.accepted() > good;
                if (met) {
                    awaitDown(floe.camel(), "TLS failed: ", "localhost");
                }
                return met;
            }
        }
    }

    private CamelMainApplication capture(int port, String mode, Authority trusted) throws Exception {
        return world.capture(
                ITEMS,
                "capture.host",
                "localhost",
                "capture.port",
                String.valueOf(port),
                "capture.state",
                state.toString(),
                "capture.ssl-mode",
                mode,
                "capture.ssl-ca-file",
                trusted.certificate().toString());
    }

    private static void insert(MySqlServer server, String name) {
        server.execute("INSERT INTO shop.items (name) VALUES ('" + name + "')");
    }

    /** Those that the user of capture has been let in with. */
    private static long connections(MySqlServer server) {
        return Long.parseLong(server.value("SELECT COALESCE(SUM(TOTAL_CONNECTIONS), 0)"
                + " FROM performance_schema.accounts WHERE USER = 'floe'"));
    }

    private static void awaitItem(String name) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(itemsOf(name)).isPositive());
    }

    private static long itemsOf(String name) {
        return world.rowChanges().stream()
                .filter(row -> row.image().path("name").asText().equals(name))
                .count();
    }

    private static void awaitDown(CamelContext camel, String... messages) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertDown(camel, messages));
    }

    private static void assertDown(CamelContext camel, String... messages) {
        Optional<HealthCheck.Result> capture = HealthCheckHelper.invokeReadiness(camel).stream()
                .filter(result -> result.getCheck().getId().contains("capture"))
                .findFirst();
        assertThat(capture).isPresent();
        assertThat(capture.get().getState()).hasToString("DOWN");
        assertThat(capture.get().getMessage().orElse("")).contains(messages);
    }
}
