package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.person;
import static routes.Events.write;

import floe.change.TableId;
import floe.change.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import local.firehose.DeliveryStream;
import local.firehose.Destination;
import local.firehose.Partitioning;
import local.firehose.SubRecords;
import local.kinesis.KinesisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class SeveralLoadersTest {

    /** Of two loaders the first has Orders and Payments, the second Persons. */
    private static final List<String> TABLES = List.of("Persons", "Orders", "Payments");

    private static final Destination UNPARTITIONED =
            Destination.bucket(LoadWorld.BUCKET).prefix("staging/").buffering(3_000, Duration.ofMillis(200));
    private static final Destination PARTITIONED = UNPARTITIONED
            .prefix("staging/!{partitionKeyFromQuery:schema}/!{partitionKeyFromQuery:table}/"
                    + "!{timestamp:yyyy/MM/dd/HH}/")
            .partitioning(Partitioning.of(SubRecords.LINES, "failed/"));

    private final List<LoadStage> stages = new ArrayList<>();
    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
        for (String table : TABLES) {
            world.with(
                    TableId.parse("CDC_schema." + table),
                    new TableShape(
                            List.of("PersonID"),
                            List.of(
                                    LoadWorld.column("PersonID", "int", false),
                                    LoadWorld.column("FullName", "varchar", true),
                                    LoadWorld.column("City", "varchar", true))));
        }
    }

    @AfterEach
    void end() throws Exception {
        stages.forEach(LoadStage::close);
        world.close();
    }

    @Test
    void behindDynamicPartitioningEachTableHasOneLoader() throws Exception {
        loader(0, 2).start();
        loader(1, 2).start();

        deliver(PARTITIONED);

        awaitAllTables();
        awaitNothingStaged();
        assertThat(tablesArchivedBy(0)).containsExactly("Orders", "Payments");
        assertThat(tablesArchivedBy(1)).containsExactly("Persons", "Unknown");
        assertThat(names("archive-0/")).doesNotContainAnyElementsOf(names("archive-1/"));
        assertThat(world.deadLetters())
                .isNotEmpty()
                .allSatisfy(letter -> assertThat(letter.get("reason").asText()).isEqualTo("UNKNOWN_TABLE"));
    }

    @Test
    void withoutPartitioningOneLoaderDoesAllAndTheOtherIsWell() throws Exception {
        loader(0, 2).start();
        LoadStage idle = loader(1, 2).start();

        deliver(UNPARTITIONED);

        awaitAllTables();
        awaitNothingStaged();
        assertThat(names("archive-0/")).isNotEmpty();
        assertThat(names("archive-1/")).isEmpty();
        await().untilAsserted(() -> assertThat(idle.health().getMessage()).isEmpty());
    }

    @Test
    void whileThreeLoadersBecomeFourNothingIsLostOrDoubled() throws Exception {
        for (int i = 0; i < 8; i++) {
            for (String table : TABLES) {
                // All files hold the same rows: two loaders that insert one of them at once would double it.
                world.stageIn("CDC_schema/" + table, rows(table, 100 + i));
            }
        }
        world.snowflake().faults().latency(Duration.ofMillis(20));
        for (int loader = 0; loader < 3; loader++) {
            loader(loader, 3);
        }
        for (int loader = 0; loader < 4; loader++) {
            loader(loader, 4);
        }

        stages.parallelStream().forEach(SeveralLoadersTest::start);

        awaitNothingStaged();
        for (String table : TABLES) {
            assertThat(rows(table)).hasSize(10).allMatch(row -> row.endsWith(" 107"));
        }
        assertThat(world.deadLetters()).isEmpty();
        // The last to start may find nothing left to load.
        await().untilAsserted(() -> assertThat(stages)
                .allSatisfy(stage -> assertThat(stage.health().getMessage()).isEmpty()));
    }

    @Test
    void filesOfALoaderThatIsDownWaitForItAndTheOtherSaysSo() throws Exception {
        LoadStage running = loader(0, 2).set("load.others-patience", "300ms").start();
        world.stageIn("CDC_schema/Orders", rows("Orders", 100));
        world.stageIn("CDC_schema/Persons", rows("Persons", 100));

        await().untilAsserted(() -> assertThat(running.health().getMessage())
                .hasValueSatisfying(message ->
                        assertThat(message).startsWith("Loader 1 of 2 has loaded none of its 1 staged files since ")));
        assertThat(rows("Orders")).hasSize(10);
        assertThat(rows("Persons")).isEmpty();

        loader(1, 2).start();

        awaitNothingStaged();
        assertThat(rows("Persons")).hasSize(10);
        await().untilAsserted(() -> assertThat(running.health().getMessage()).isEmpty());
    }

    /** Archives under a prefix of its own, which tells what it has loaded. */
    private LoadStage loader(int loader, int loaders) {
        LoadStage stage = world.anotherStage()
                .set("load.tables", "CDC_schema." + String.join(",CDC_schema.", TABLES))
                .set("load.loaders", String.valueOf(loaders))
                .set("load.loader", String.valueOf(loader))
                .set("staging.archive-prefix", "archive-" + loader + "/");
        stages.add(stage);
        return stage;
    }

    private static void start(LoadStage stage) {
        try {
            stage.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts records on Kinesis that each hold changes of all tables, and one that nobody configured. */
    private void deliver(Destination destination) throws Exception {
        try (KinesisServer kinesis = KinesisServer.start()) {
            kinesis.createStream("changes", 2);
            try (DeliveryStream firehose = DeliveryStream.start(
                    "floe", kinesis.client(), "changes", world.s3().client(), destination)) {
                firehose.faults().repeatRecords(0.2).shuffleBuffers(0.5);
                for (int id = 1; id <= 50; id++) {
                    int person = id;
                    List<String> lines = new ArrayList<>();
                    TABLES.forEach(table -> lines.add(write(table, 100 + person, person(person, table, "Oslo"))));
                    lines.add(write("Unknown", 100 + person, person(person, "n", "c")));
                    String record = String.join("\n", lines) + "\n";
                    kinesis.client().putRecord(put -> put.streamName("changes")
                            .partitionKey("lane " + person % 4)
                            .data(SdkBytes.fromUtf8String(record)));
                }
                await().until(() -> firehose.counters().recordsRead() == 50);
            }
        }
    }

    private static String[] rows(String table, int offset) {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(id -> write(table, offset, person(id, table, String.valueOf(offset))))
                .toArray(String[]::new);
    }

    private List<String> rows(String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> row : world.snowflake().query("SELECT * FROM " + table + " ORDER BY PERSONID")) {
            rows.add(row.get("PERSONID") + " " + row.get("FULLNAME") + " " + row.get("CITY"));
        }
        return rows;
    }

    private void awaitAllTables() {
        for (String table : TABLES) {
            await().untilAsserted(() -> assertThat(rows(table))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 50)
                            .mapToObj(id -> id + " " + table + " Oslo")
                            .toList()));
        }
    }

    private void awaitNothingStaged() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/"))
                        .isEmpty());
    }

    private List<String> names(String prefix) {
        return world.s3().keys(LoadWorld.BUCKET, prefix).stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    private List<String> tablesArchivedBy(int loader) {
        return names("archive-" + loader + "/").stream()
                .map(name -> name.split("/", -1)[1])
                .distinct()
                .sorted()
                .toList();
    }
}
