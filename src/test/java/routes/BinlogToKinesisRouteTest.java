package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import change.Change;
import change.ChangeReader;
import change.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import local.kinesis.KinesisServer;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinlogToKinesisRouteTest {

    private static final String STREAM = "changes";

    private static MySqlServer mysql;

    private KinesisServer kinesis;

    @TempDir
    Path state;

    @BeforeAll
    static void startMySql() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void stopMySql() {
        mysql.close();
    }

    @BeforeEach
    void seed() throws Exception {
        kinesis = KinesisServer.start();
        kinesis.createStream(STREAM, 2);
        mysql.execute(
                "DROP DATABASE IF EXISTS CDC_schema",
                "CREATE DATABASE CDC_schema",
                "CREATE TABLE CDC_schema.Persons"
                        + " (PersonID int, FullName varchar(255), City varchar(255), PRIMARY KEY (PersonID))",
                "INSERT INTO CDC_schema.Persons VALUES (1, 'Ann', 'Oslo'), (2, 'O''Brien', 'Cork')");
    }

    @Test
    void rowsThatWereThereComeFirstAndChangesFollow() throws Exception {
        try (var floe = new CamelMainApplication(settings())) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(changes()).hasSize(4));
            mysql.execute(
                    "INSERT INTO CDC_schema.Persons VALUES (3, 'Zoë \"Z\" 😀\nnew\tline', NULL)",
                    "UPDATE CDC_schema.Persons SET City = 'Bergen' WHERE PersonID = 1",
                    "UPDATE CDC_schema.Persons SET PersonID = 20 WHERE PersonID = 2",
                    "DELETE FROM CDC_schema.Persons WHERE PersonID = 3");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(changes()).hasSize(9));

            System.out.println(String.join("", lines()));
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        kinesis.records(STREAM).forEach(r -> r.data().asUtf8String().lines().forEach(line -> lines.add(line + "\n")));
        return lines;
    }

    private List<Change> changes() {
        ChangeReader reader = new ChangeReader();
        return lines().stream()
                .map(line -> reader.read(line, Position.ofLine(0, 0)))
                .toList();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("load.enabled", "false");
        settings.put("capture.host", mysql.host());
        settings.put("capture.port", String.valueOf(mysql.port()));
        settings.put("capture.user", mysql.user());
        settings.put("capture.password", mysql.password());
        settings.put("capture.tables", "CDC_schema.Persons");
        settings.put("capture.state", state.toString());
        settings.put("kinesis.stream", STREAM);
        settings.put("camel.component.aws2-kinesis.override-endpoint", "true");
        settings.put(
                "camel.component.aws2-kinesis.uri-endpoint-override",
                kinesis.endpoint().toString());
        settings.put("camel.component.aws2-kinesis.use-default-credentials-provider", "false");
        settings.put("camel.component.aws2-kinesis.access-key", "local");
        settings.put("camel.component.aws2-kinesis.secret-key", "local");
        return settings;
    }
}
