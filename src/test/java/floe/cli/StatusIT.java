package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import local.FloeProcess;
import local.FreePort;
import local.LocalWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** What {@code floe status} shows of a running process, the packaged application on both sides. */
class StatusIT {

    private static final String TARGET = "CDC_DESTINATION.PUBLIC.PEOPLE";

    @TempDir
    static Path folder;

    private static LocalWorld world;
    private static Map<String, String> settings;
    private static FloeProcess floe;

    @BeforeAll
    static void start() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.people (id int PRIMARY KEY, name varchar(40))",
                        "INSERT INTO shop.people VALUES (1, 'Ann'), (2, 'Ben')");
        settings = new HashMap<>(world.settings("shop.people", folder.resolve("state")));
        settings.put("management.password", "pass:wörd");
        floe = new FloeProcess(folder, settings);
        floe.run("setup", "--execute");
        floe.start();
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(world.snowflake().query("SELECT * FROM " + TARGET)).hasSize(2);
            assertThat(floe.isReady()).isTrue();
        });
    }

    @AfterAll
    static void stop() throws Exception {
        if (floe != null) {
            floe.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void peopleSeeStagesTablesAndDeadLettersWithoutColoursWhereThereIsNoTerminal() throws Exception {
        assertThat(floe.run("status"))
                .containsPattern("capture +works +[0-9,]+ rows/s +\\d+ s behind MySQL")
                .containsPattern("load +works +[0-9,]+ rows/s +\\d+ s behind S3")
                .contains("tables: 1 streaming", "tables: 1 ready", "dead letters since the start")
                .doesNotContain("shop.people", "\u001b");
        assertThat(floe.run("status", "shop.*")).contains("shop.people: streaming", "shop.people: ready");

        world.s3()
                .client()
                .putObject(
                        request -> request.bucket(LocalWorld.BUCKET).key("staging/2026/11/25/00/one"),
                        RequestBody.fromString("unfit\n"));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(floe.run("status"))
                .contains("1 dead letters since the start: 1 NOT_JSON"));
    }

    @Test
    void programsGetAnObjectForEachProcess() throws Exception {
        JsonNode status = new JsonMapper().readTree(floe.run("status", "--json"));

        assertThat(status.path("stages")).hasSize(2).allSatisfy(stage -> {
            assertThat(stage.path("ready").asBoolean()).isTrue();
            assertThat(stage.path("rows_per_second").isNumber()).isTrue();
            assertThat(stage.path("lag_seconds").asDouble()).isBetween(0.0, 60.0);
            assertThat(stage.at("/tables/0/table").asText()).isEqualTo("shop.people");
        });
        assertThat(status.at("/stages/0/rows").asLong()
                        + status.at("/stages/1/rows").asLong())
                .isEqualTo(4);
    }

    @Test
    void whoeverLacksThePasswordSeesNothing() throws Exception {
        String address = "http://127.0.0.1:" + floe.managementPort();
        assertThat(floe.get("/q/status").statusCode()).isEqualTo(401);
        Map<String, String> others = new HashMap<>(settings);
        others.put("management.password", "another");
        FloeProcess other = new FloeProcess(folder.resolve("other"), others);

        assertThatThrownBy(() -> other.run("status", "--at", address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("floe status --at " + address + " ended with 1: ")
                .hasMessageContaining(
                        "It wants another password; let management.password be the one that it runs with");
    }

    @Test
    void aProcessThatDoesNotAnswerIsNamedBesideOneThatDoes() throws Exception {
        String nobody = "http://127.0.0.1:" + FreePort.find();
        String address = "http://127.0.0.1:" + floe.managementPort();

        assertThatThrownBy(() -> floe.run("status", "--at", nobody, "--at", address))
                .hasMessageContaining("ended with 1: ")
                .hasMessageContaining(nobody)
                .hasMessageContaining("No Floe answers")
                .hasMessageContaining("tables: 1 streaming");
    }
}
