package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.TableId;
import floe.mysql.SourceSchema;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import local.FloeSettings;
import local.LocalWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** A Snowflake table that someone replaced holds all rows again, and nobody is called for that. */
class ReadAgainTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final TableId SOURCE = TableId.parse("shop.items");
    private static final SnowflakeName TARGET = SnowflakeName.parse("CDC_DESTINATION.PUBLIC.ITEMS");

    private LocalWorld world;

    @TempDir
    Path state;

    @BeforeEach
    void copied() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(50))",
                        "INSERT INTO shop.items VALUES (1, 'one'), (2, 'two'), (3, 'three')");
        try (Connection mysql = world.mysql().connection();
                Connection snowflake = world.snowflake().connection()) {
            Setup.execute(List.of(new Setup.Mirror(SOURCE, SourceSchema.read(mysql, SOURCE), TARGET)), snowflake);
        }
        try (var floe = start()) {
            awaitItems("1 one, 2 two, 3 three");
        }
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE OR REPLACE TABLE ITEMS (ID NUMBER(38,0), NAME VARCHAR, _POSITION VARCHAR)",
                "CREATE OR REPLACE TABLE ITEMS (ID NUMBER(38,0))",
                "CREATE OR REPLACE TABLE ITEMS AS SELECT ID, NAME FROM BEFORE WHERE ID < 3",
                "CREATE OR REPLACE TABLE ITEMS AS SELECT ID, 'wrong' AS NAME, _POSITION FROM BEFORE",
            })
    void itHoldsAllRowsAgain(String replacing) throws Exception {
        world.snowflake().execute("CREATE TABLE BEFORE AS SELECT * FROM ITEMS", replacing);
        world.mysql()
                .execute(
                        "DELETE FROM shop.items WHERE id = 1",
                        "UPDATE shop.items SET name = 'second' WHERE id = 2",
                        "INSERT INTO shop.items VALUES (4, 'four')");

        try (var floe = start()) {
            awaitItems("2 second, 3 three, 4 four");
        }
        assertThat(world.s3().keys(LocalWorld.BUCKET, "requests/")).isEmpty();
    }

    @Test
    void nothingIsAppliedBeforeCaptureWillReadIt() throws Exception {
        world.snowflake().execute("CREATE OR REPLACE TABLE ITEMS (ID NUMBER(38,0), NAME VARCHAR, _POSITION VARCHAR)");
        try (var floe = start("load.enabled", "false")) {
            world.mysql().execute("INSERT INTO shop.items VALUES (4, 'four')");
            await().atMost(SOON)
                    .until(() -> !world.s3().keys(LocalWorld.BUCKET, "staging/").isEmpty());
        }

        try (var floe = start("capture.enabled", "false")) {
            StageHealth.awaitNotReady(
                    floe.camel(), TARGET.toString(), "was replaced by someone else", "capture was asked to read");
            assertThat(items()).isEmpty();
            try (var capture = start("load.enabled", "false")) {
                awaitItems("1 one, 2 two, 3 three, 4 four");
            }
            StageHealth.awaitReady(floe.camel());
        }
    }

    @Test
    void whereNobodyIsAskedAPersonIsToldWhatToDo() throws Exception {
        world.snowflake().execute("CREATE OR REPLACE TABLE ITEMS (ID NUMBER(38,0), NAME VARCHAR, _POSITION VARCHAR)");
        world.mysql().execute("INSERT INTO shop.items VALUES (4, 'four')");

        try (var floe = start("requests.bucket", "")) {
            StageHealth.awaitNotReady(floe.camel(), "was replaced by someone else", "floe setup", "floe snapshot");
            assertThat(items()).isEmpty();
            assertThat(world.s3().keys(LocalWorld.BUCKET, "requests/")).isEmpty();
        }
    }

    @Test
    void whatIsForAnotherCaptureIsLeft() throws Exception {
        request("another", "crm.people");
        request("strange\u0001${camelContext.stop}", "${camelContext.stop}");
        request("ours", SOURCE.toString());

        try (var floe = start("load.enabled", "false")) {
            await().atMost(SOON)
                    .until(() -> world.s3().keys(LocalWorld.BUCKET, "requests/").size() == 2);
            StageHealth.awaitReady(floe.camel());
        }
        assertThat(world.s3().keys(LocalWorld.BUCKET, "requests/"))
                .containsExactly("requests/another", "requests/strange\u0001${camelContext.stop}");
    }

    private void request(String name, String text) {
        world.s3()
                .client()
                .putObject(put -> put.bucket(LocalWorld.BUCKET).key("requests/" + name), RequestBody.fromString(text));
    }

    private void awaitItems(String items) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(items())
                .isEqualTo(items));
    }

    private String items() throws Exception {
        return world.snowflake().query("SELECT ID, NAME FROM ITEMS ORDER BY ID").stream()
                .map(row -> row.get("ID") + " " + row.get("NAME"))
                .collect(Collectors.joining(", "));
    }

    private CamelMainApplication start(String... more) throws Exception {
        Map<String, String> settings = world.settings(SOURCE.toString(), state);
        FloeSettings.withAwsKeys(settings);
        settings.put("requests.poll-interval", "1s");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new CamelMainApplication(settings);
    }
}
