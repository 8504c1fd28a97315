package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import floe.snowflake.MirrorRules;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;
import software.amazon.awssdk.core.sync.RequestBody;

/** S3, Snowflake and the load stage between them, with the table {@code CDC_schema.Persons} set up. */
final class LoadWorld implements AutoCloseable {

    static final String BUCKET = "floe";
    static final String PERSONS = "CDC_schema.Persons";

    private static final JsonMapper JSON = new JsonMapper();

    private final S3Server s3 = S3Server.start();
    private final SnowflakeServer snowflake = SnowflakeServer.start();
    private final LoadStage stage = new LoadStage(s3, BUCKET, snowflake);
    private int files;
    private TableShape shape;

    LoadWorld() throws Exception {
        s3.createBucket(BUCKET);
        stage.set("load.tables", PERSONS);
    }

    S3Server s3() {
        return s3;
    }

    SnowflakeServer snowflake() {
        return snowflake;
    }

    LoadStage stage() {
        return stage;
    }

    /** A second load stage beside the first. */
    LoadStage anotherStage() {
        return new LoadStage(s3, BUCKET, snowflake).set("load.tables", PERSONS);
    }

    LoadWorld withPersons(Column... more) throws SQLException {
        List<Column> columns = new ArrayList<>(List.of(
                column("PersonID", "int", false),
                column("FullName", "varchar", true),
                column("City", "varchar", true)));
        columns.addAll(List.of(more));
        shape = new TableShape(List.of("PersonID"), columns);
        return with(TableId.parse(PERSONS), shape);
    }

    /** Has the mirror of Persons be that of another table from now on. */
    void personsMirror(String source) throws SQLException {
        snowflake.execute(
                "DELETE FROM FLOE_TABLES WHERE TABLE_NAME = 'PERSONS'",
                "DELETE FROM FLOE_SOURCES WHERE TABLE_NAME = 'PERSONS'");
        setUp(MirrorRules.USUAL, TableId.parse(source), shape, "Persons");
    }

    LoadWorld with(TableId source, TableShape shapeOfSource) throws SQLException {
        return with(MirrorRules.USUAL, source, shapeOfSource);
    }

    LoadWorld with(MirrorRules rules, TableId source, TableShape shapeOfSource) throws SQLException {
        setUp(rules, source, shapeOfSource, source.table());
        return this;
    }

    private void setUp(MirrorRules rules, TableId source, TableShape shapeOfSource, String name) throws SQLException {
        var target = new SnowflakeName(SnowflakeServer.DATABASE, "PUBLIC", name);
        try (Connection connection = snowflake.connection()) {
            Setup.execute(List.of(new Setup.Mirror(source, shapeOfSource, target, true)), rules, connection);
        }
    }

    static Column column(String name, String type, boolean nullable) {
        return Column.named(name, type).nullable(nullable).build();
    }

    /** Stages a file of these lines, as Firehose names it, and returns its name without prefix. */
    String stage(String... lines) {
        return stage(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    String stage(byte[] content) {
        return stageIn("", content);
    }

    /** The same in a folder, as Firehose names it where it partitions by table. */
    String stageIn(String folder, String... lines) {
        return stageIn(folder + "/", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private String stageIn(String folders, byte[] content) {
        String name = folders
                + "2026/11/22/10/floe-1-2026-11-22-10-00-%02d-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f".formatted(files++);
        put("staging/" + name, content);
        return name;
    }

    void put(String key, byte[] content) {
        s3.client().putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    void awaitArchived(String... names) {
        await().untilAsserted(() -> {
            for (String name : names) {
                assertThat(s3.keys(BUCKET, "archive/"))
                        .as(() -> String.valueOf(stage.health().getMessage()))
                        .contains("archive/" + name);
            }
        });
        await().untilAsserted(() -> assertThat(s3.keys(BUCKET, "staging/")).isEmpty());
    }

    /** The rows of Persons as {@code id name city}, in the order of their ids. */
    List<String> persons() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> row : snowflake.query("SELECT * FROM PERSONS ORDER BY PERSONID")) {
            rows.add(row.get("PERSONID") + " " + row.get("FULLNAME") + " " + row.get("CITY"));
        }
        return rows;
    }

    /** The dead letters, in the order of files and lines. */
    /** The keys under a prefix of the bucket. */
    List<String> keys(String prefix) {
        return List.copyOf(s3.keys(BUCKET, prefix));
    }

    List<JsonNode> deadLetters() throws IOException {
        List<JsonNode> letters = new ArrayList<>();
        for (String key : s3.keys(BUCKET, "dead-letter/")) {
            for (String line : s3.text(BUCKET, key).lines().toList()) {
                letters.add(JSON.readTree(line));
            }
        }
        return letters;
    }

    @Override
    public void close() throws Exception {
        stage.close();
        snowflake.close();
        s3.close();
    }
}
