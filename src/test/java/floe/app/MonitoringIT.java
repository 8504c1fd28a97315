package floe.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import local.FloeProcess;
import local.LocalWorld;
import monitoring.MetricNames;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the packaged application shows of its work, in metrics and in its log. */
class MonitoringIT {

    /** What stands in rows, and in nothing that is shown. */
    private static final String SECRET = "Geheimnis";

    private static final int SECRET_NUMBER = 7_306_905;

    private static final List<String> OWN = List.of("floe", "routes");

    @TempDir
    static Path folder;

    private static LocalWorld world;
    private static FloeProcess floe;

    @BeforeAll
    static void work() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.people (id int PRIMARY KEY, name varchar(40), note text)",
                        "INSERT INTO shop.people VALUES (1, '" + SECRET + " 1', NULL), (2, '" + SECRET + " 2', NULL)");
        Map<String, String> settings = new HashMap<>(world.settings("shop.people", folder.resolve("state")));
        settings.put("management.password", "pass");
        settings.put("kinesis.record-bytes", "2048");
        settings.put("log.json", "true");
        // What has diverged stays so.
        settings.put("capture.reread", "ask");
        OWN.forEach(name -> settings.put("quarkus.log.category.\"" + name + "\".level", "DEBUG"));
        floe = new FloeProcess(folder, settings);
        floe.run("setup", "--execute");
        floe.start();
        await().atMost(Duration.ofSeconds(90)).until(floe::isReady);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(metrics("floe_load_rows_total")).isEqualTo(2));
        world.snowflake()
                .faults()
                .failNext(1, sql -> sql.contains("MERGE"), 604, "57014", "Cancelled: '" + SECRET + "'");
        stage(
                SECRET + " is not JSON",
                write("{\"id\":\"" + SECRET + "\",\"name\":\"x\",\"note\":null}"),
                write("{\"id\":" + SECRET_NUMBER + ",\"name\":\"" + SECRET + "\",\"none\":\"" + SECRET + "\"}"));
        world.mysql()
                .execute(
                        "INSERT INTO shop.people VALUES (3, '" + SECRET + " 3', REPEAT('" + SECRET + "', 500))",
                        "UPDATE shop.people SET name = 'x' WHERE id = 1",
                        "SET binlog_format = STATEMENT",
                        "UPDATE shop.people SET note = '" + SECRET + "' WHERE id = 2");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(metrics("floe_capture_rows_total")).isEqualTo(4);
            assertThat(metrics("floe_capture_diverged_tables")).isEqualTo(1);
            assertThat(metrics("floe_load_dead_letters_total")).isEqualTo(2);
            assertThat(metrics("floe_load_stuck_files")).isEqualTo(1);
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
    void everyMetricThatIsShownIsDocumentedAndEveryDocumentedOneIsShown() throws IOException {
        assertThat(MetricNames.shown(metrics())).isEqualTo(MetricNames.documented());
    }

    @Test
    void theMetricsTellWhatHappened() throws IOException {
        assertThat(metrics("floe_capture_records_total"))
                .isEqualTo((double) world.kinesis().counters().records());
        assertThat(metrics("floe_capture_oversize_rows_total")).isEqualTo(1);
        assertThat(metrics("floe_capture_ready")).isEqualTo(1);
        assertThat(metrics("floe_capture_lag_seconds")).isBetween(0.0, 60.0);
        assertThat(metrics("floe_load_ready")).isZero();
        // load.retry-delay is a second.
        await().untilAsserted(() ->
                assertThat(metrics("floe_load_call_retries_total")).isPositive());
        await().untilAsserted(() ->
                assertThat(metrics("floe_load_latency_seconds_count")).isPositive());
        assertThat(metrics("floe_load_latency_seconds_max")).isBetween(0.0, 60.0);
    }

    @Test
    void noMetricAndNoLineOfTheLogHoldsWhatStandsInRows() throws IOException {
        assertThat(metrics()).doesNotContain(SECRET, String.valueOf(SECRET_NUMBER));
        assertThat(Files.readString(floe.log()))
                .contains("\"level\":\"DEBUG\"")
                .doesNotContain(SECRET, String.valueOf(SECRET_NUMBER));
    }

    @Test
    void theLogIsJsonThatTellsWhatItIsAbout() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : Files.readAllLines(floe.log())) {
            entries.add(new JsonMapper().readTree(line));
        }
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.path("timestamp").asText()).isNotEmpty();
            assertThat(entry.path("message").isTextual()).isTrue();
        });
        assertThat(entries)
                .anySatisfy(entry -> {
                    assertThat(entry.at("/mdc/route").asText()).isEqualTo("s3-to-snowflake");
                    assertThat(entry.at("/mdc/file").asText()).startsWith("staging/");
                })
                .anySatisfy(entry -> {
                    assertThat(entry.at("/mdc/route").asText()).isEqualTo("binlog-to-kinesis");
                    assertThat(entry.at("/mdc/table").asText()).isEqualTo("shop.people");
                    assertThat(entry.at("/mdc/position").asText()).matches("\\d{10}-\\d{10}-\\d{12}-\\d{10}");
                });
    }

    /**
     * A change that is not older than the table's snapshot, so that it has to fit; nor than its shape, so that a column may be one
     * that nobody has told of yet.
     */
    private static String write(String values) {
        return "{\"schema\":\"shop\",\"table\":\"people\",\"position\":\""
                + Instant.now().getEpochSecond()
                + "-0000009999-000000000004-0000000001\",\"type\":\"WriteRowsEvent\",\"row\":{\"values\":" + values
                + "}}";
    }

    private static void stage(String... lines) {
        for (int i = 0; i < lines.length; i++) {
            String key = "staging/floe-1-2026-11-22-10-00-0" + i + "-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";
            String line = lines[i];
            world.s3()
                    .client()
                    .putObject(request -> request.bucket(LocalWorld.BUCKET).key(key), RequestBody.fromString(line));
        }
    }

    /** The sum of all series of this name. */
    private static double metrics(String name) throws IOException {
        return Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$")
                .matcher(metrics())
                .results()
                .mapToDouble(series -> Double.parseDouble(series.group(1)))
                .sum();
    }

    private static String metrics() throws IOException {
        String user = Base64.getEncoder().encodeToString("floe:pass".getBytes(UTF_8));
        return floe.get("/q/metrics", "Authorization", "Basic " + user).body();
    }
}
