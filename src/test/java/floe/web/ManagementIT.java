package floe.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import local.FloeProcess;
import local.FloeSettings;
import local.FreePort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged application shows to whom, with a MySQL that is out of reach. */
class ManagementIT {

    @TempDir
    Path folder;

    private Map<String, String> settings;

    @BeforeEach
    void capture() {
        settings = new FloeSettings()
                .withoutLoad().capture("127.0.0.1", 1, "floe", "secret", "CDC_schema.Persons", folder).stream("changes")
                        .asMap();
    }

    @Test
    void healthIsOpenAndMetricsWantThePassword() throws Exception {
        settings.put("management.password", "pass:wörd");
        int mainPort = FreePort.find();
        settings.put("hawtio.port", String.valueOf(mainPort));
        try (FloeProcess floe = started()) {
            assertThat(floe.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(floe.get("/q/health/started").statusCode()).isEqualTo(200);
            assertThat(floe.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(floe.get("/q/health/ready").body())
                    .contains("\"capture\": \"MySQL at 127.0.0.1:1 does not answer", "\"capture.engine\": \"down\"");

            assertThat(floe.get("/q/metrics").statusCode()).isEqualTo(401);
            assertThat(floe.get("/q/metrics", "Authorization", basic("floe:wrong"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(floe.get("/q/metrics", "Authorization", basic("other:pass:wörd"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(floe.get("/q/metrics", "Authorization", basic("floe:pass:wörd"))
                            .body())
                    .contains("jvm_memory_used_bytes");
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), mainPort))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void withoutAPasswordThisMachineSeesAll() throws Exception {
        try (FloeProcess floe = started()) {
            assertThat(floe.get("/q/metrics").body()).contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void aHostThatOtherMachinesReachWantsAPassword() throws Exception {
        settings.put("management.host", "0.0.0.0");
        try (FloeProcess floe = new FloeProcess(folder, settings)) {
            floe.start();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(floe.isAlive()).isFalse());

            assertThat(Files.readString(floe.log()))
                    .contains("The setting management.password is missing")
                    .contains("management.host is '0.0.0.0'");
        }
    }

    @Test
    void commandsOpenNoPort() throws Exception {
        try (FloeProcess floe = new FloeProcess(folder, settings);
                ServerSocket taken = new ServerSocket(floe.managementPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(floe.run("snapshot")).contains("A new snapshot of all captured tables is asked for");
            assertThat(taken.isBound()).isTrue();
        }
    }

    private FloeProcess started() throws IOException {
        FloeProcess floe = new FloeProcess(folder, settings);
        floe.start();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(floe.health()).contains("does not answer"));
        return floe;
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
    }
}
