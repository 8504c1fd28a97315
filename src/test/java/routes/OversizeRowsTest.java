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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import local.FloeSettings;
import local.LocalWorld;
import local.kinesis.StoredRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OversizeRowsTest {

    private static final SnowflakeName TARGET = SnowflakeName.parse("CDC_DESTINATION.PUBLIC.PAGES");

    private LocalWorld world;

    @TempDir
    Path state;

    @BeforeEach
    void begin() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE wiki",
                        "CREATE TABLE wiki.pages (id INT PRIMARY KEY, body LONGTEXT, scan LONGBLOB)");
        try (Connection mysql = world.mysql().connection();
                Connection snowflake = world.snowflake().connection()) {
            TableId source = TableId.parse("wiki.pages");
            Setup.execute(List.of(new Setup.Mirror(source, SourceSchema.read(mysql, source), TARGET)), snowflake);
        }
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void aRowThatNoRecordHoldsTravelsByReferenceByteForByte() throws Exception {
        try (var floe = start()) {
            world.mysql()
                    .execute(
                            "INSERT INTO wiki.pages VALUES"
                                    + " (1, CONCAT(REPEAT('é😀\\'\"\\n', 30000), 'end'), REPEAT(x'00ff0a', 50000)), (2, 'small', NULL)");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(world.snowflake().query("SELECT ID FROM " + TARGET))
                            .hasSize(2));
        }
        Map<String, Object> page = world.snowflake()
                .query("SELECT BODY, SCAN FROM " + TARGET + " WHERE ID = 1")
                .get(0);
        assertThat(page.get("BODY")).isEqualTo("é😀'\"\n".repeat(30_000) + "end");
        assertThat(HexFormat.of().formatHex((byte[]) page.get("SCAN"))).isEqualTo("00ff0a".repeat(50_000));
        // The first snapshot may read it besides.
        assertThat(world.s3().keys(LocalWorld.BUCKET, "oversize/")).hasSizeBetween(1, 2);
        assertThat(world.kinesis().records(LocalWorld.STREAM))
                .extracting(StoredRecord::data)
                .allSatisfy(data -> assertThat(data.asByteArray().length).isLessThanOrEqualTo(100_000));
    }

    @Test
    void anEventWhoseRowIsGoneBecomesADeadLetter() throws Exception {
        try (var floe = start("load.enabled", "false")) {
            world.mysql().execute("INSERT INTO wiki.pages VALUES (1, REPEAT('x', 200000), NULL)");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(world.kinesis().records(LocalWorld.STREAM))
                            .extracting(stored -> stored.data().asUtf8String())
                            .anyMatch(lines -> lines.contains("\"reference\"")));
        }
        String key = world.s3().keys(LocalWorld.BUCKET, "oversize/").get(0);
        world.s3().client().deleteObject(request -> request.bucket(LocalWorld.BUCKET)
                .key(key));

        try (var floe = start("capture.enabled", "false")) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(world.s3().keys(LocalWorld.BUCKET, "dead-letter/"))
                            .hasSize(1));
        }
        String letter = world.s3().keys(LocalWorld.BUCKET, "dead-letter/").get(0);
        assertThat(world.s3().text(LocalWorld.BUCKET, letter)).contains("MISSING_ROW", key);
    }

    /** Jackson reads no string of more than 20,000,000 characters by itself. */
    @Test
    void aRowThatIsTooLongForSnowflakeHoldsUpNoOther() throws Exception {
        try (var floe = start()) {
            world.mysql().execute("INSERT INTO wiki.pages VALUES (1, REPEAT('x', 21000000), NULL), (2, 'small', NULL)");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(world.snowflake().query("SELECT ID FROM " + TARGET)).hasToString("[{ID=2}]");
                assertThat(world.s3().keys(LocalWorld.BUCKET, "dead-letter/")).hasSize(1);
            });
        }
        String letter = world.s3().keys(LocalWorld.BUCKET, "dead-letter/").get(0);
        assertThat(world.s3().text(LocalWorld.BUCKET, letter))
                .contains("REFUSED_VALUE", "load.line-bytes allows 16000000");
    }

    private CamelMainApplication start(String... more) throws Exception {
        Map<String, String> settings = world.settings("wiki.pages", state);
        FloeSettings.withAwsKeys(settings);
        settings.put("kinesis.record-bytes", "100000");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new CamelMainApplication(settings);
    }
}
