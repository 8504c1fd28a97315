package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import local.FloeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Misspelt settings of the packaged application, wherever they are set; its MySQL is out of reach. */
class SettingsIT {

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void capture() {
        settings.put("load.enabled", "false");
        settings.put("capture.host", "127.0.0.1");
        settings.put("capture.port", "1");
        settings.put("capture.user", "floe");
        settings.put("capture.password", "secret");
        settings.put("capture.tables", "CDC_schema.Persons");
        settings.put("capture.state", folder.toString());
        settings.put("kinesis.stream", "changes");
    }

    @Test
    void aMisspeltKeyInTheFileStopsTheStart() throws Exception {
        settings.put("capture.tabels", "CDC_schema.Persons");

        assertStopped(
                new FloeProcess(folder, settings), "There is no setting capture.tabels; the nearest is capture.tables");
    }

    @Test
    void aMisspeltSystemPropertyStopsTheStart() throws Exception {
        assertStopped(
                new FloeProcess(folder, settings, "-Dcapture.tabels=CDC_schema.Persons"),
                "There is no setting capture.tabels; the nearest is capture.tables");
    }

    @Test
    void aMisspeltVariableOfTheEnvironmentStopsTheStart() throws Exception {
        assertStopped(
                new FloeProcess(folder, settings).environment("CAPTURE_TABELS", "CDC_schema.Persons"),
                "There is no setting CAPTURE_TABELS; the nearest is CAPTURE_TABLES");
    }

    @Test
    void theVariablesThatKubernetesSetsForServicesDoNotStopIt() throws Exception {
        try (FloeProcess floe = new FloeProcess(folder, settings)
                .environment("LOAD_SERVICE_HOST", "10.0.0.1")
                .environment("CAPTURE_PORT_8080_TCP", "tcp://10.0.0.1:8080")) {
            floe.start();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(floe.health()).contains("does not answer"));
        }
    }

    /** Where the lower case of I is no i. */
    @Test
    void theLanguageOfTheUserDoesNotMatter() throws Exception {
        try (FloeProcess floe = new FloeProcess(folder, settings, "-Duser.language=tr")) {
            floe.start();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(floe.health()).contains("does not answer"));
        }
    }

    private static void assertStopped(FloeProcess process, String message) throws Exception {
        try (process) {
            process.start();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(process.isAlive()).isFalse());

            assertThat(process.log()).content().contains(message);
        }
    }
}
