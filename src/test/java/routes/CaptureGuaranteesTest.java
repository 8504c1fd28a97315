package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Change;
import floe.change.ChangeType;
import floe.change.RowChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import local.http.RequestFault;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to MySQL, its binlog or capture itself, and that nothing is lost by it. */
class CaptureGuaranteesTest {

    private static final String ITEMS = "shop.items";
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":(\\d+)");

    private CaptureWorld world;

    @TempDir
    Path state;

    @BeforeEach
    void seed() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id int PRIMARY KEY, name varchar(20))",
                "CREATE TABLE shop.others (id int PRIMARY KEY)",
                "INSERT INTO shop.items VALUES (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aSnapshotThatIsStoppedGoesOnAtItsPosition() throws Exception {
        world.mysql.execute("SET SESSION cte_max_recursion_depth = 30000", manyItems(30_000));
        world.kinesis.faults().latency(Duration.ofMillis(300));
        try (var floe = world.capture(ITEMS)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !world.rowChanges().isEmpty());
        }
        long cutShort = savedEpoch();
        assertThat(snapshotEnds()).isEmpty();
        world.kinesis.faults().clear();

        try (var floe = world.capture(ITEMS)) {
            awaitSnapshots(1);
        }

        assertThat(savedEpoch()).isGreaterThan(cutShort);
        assertThat(world.rowChanges())
                .extracting(RowChange::position)
                .containsOnly(snapshotEnds().get(0).position());
        assertThat(world.rowChanges().stream().map(CaptureGuaranteesTest::id).distinct())
                .hasSize(30_002);
    }

    @Test
    void anEpochIsSavedBeforeItsFirstChangeCanBeSeen() throws Exception {
        world.kinesis.faults().failRequests(RequestFault.FAILED_AFTER_DOING, 1);
        try (var floe = world.capture(ITEMS)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(world.lines()).isNotEmpty());

            assertThat(world.lines().get(0)).contains("\"position\":\"" + savedEpoch() + "-");
        }
    }

    @Test
    void halvesOfKeyChangesCutApartByBatchesAndStopsAllCome() throws Exception {
        try (var floe = world.capture(ITEMS)) {
            awaitSnapshots(1);
        }
        world.kinesis.faults().latency(Duration.ofMillis(150));

        for (int id = 1; id <= 20; id++) {
            world.mysql.execute("INSERT INTO shop.items VALUES (" + (100 + id) + ", 'old')");
            world.mysql.execute("UPDATE shop.items SET id = " + (200 + id) + " WHERE id = " + (100 + id));
            if (id % 5 == 0) {
                int rows = world.rowChanges().size();
                try (var floe = world.capture(ITEMS)) {
                    awaitRows(rows + 1);
                }
            }
        }
        world.kinesis.faults().clear();
        try (var floe = world.capture(ITEMS)) {
            awaitIds(Set.of(201, 220));
        }

        Set<Integer> written = new HashSet<>();
        Set<Integer> deleted = new HashSet<>();
        for (RowChange row : world.rowChanges()) {
            (row.type() == ChangeType.DELETE ? deleted : written).add(id(row));
        }
        for (int id = 1; id <= 20; id++) {
            assertThat(written).contains(200 + id);
            assertThat(deleted).contains(100 + id);
        }
    }

    @Test
    void aTableEmptiedWhileTheStateIsGoneEndsItsSnapshotAtAHigherEpoch() throws Exception {
        try (var floe = world.capture(ITEMS)) {
            awaitSnapshots(1);
        }
        world.mysql.execute("DELETE FROM shop.items");
        Files.delete(state.resolve("state.json"));
        // Without the state, only the clock can tell a new epoch.
        long first = snapshotEnds().get(0).position().epoch();
        await().until(() -> System.currentTimeMillis() / 1000 > first);

        try (var floe = world.capture(ITEMS)) {
            awaitSnapshots(2);
        }

        List<Change> ends = snapshotEnds();
        assertThat(ends.get(1).position().epoch())
                .isGreaterThan(ends.get(0).position().epoch());
    }

    @Test
    void aKilledDumpThreadARotationAndARestartOfMySqlLoseNothing() throws Exception {
        try (var floe = world.capture(ITEMS, "capture.heartbeat", "1s")) {
            awaitSnapshots(1);
            world.mysql.execute("INSERT INTO shop.items VALUES (3, 'three')");
            awaitIds(Set.of(3));
            killDumpThread();
            world.mysql.execute("INSERT INTO shop.items VALUES (4, 'four')");
            awaitIds(Set.of(4));
            world.mysql.rotateBinlog();
            world.mysql.execute("INSERT INTO shop.items VALUES (5, 'five')");
            awaitIds(Set.of(5));
            world.mysql.stop();
            world.mysql.start();
            world.mysql.execute("INSERT INTO shop.items VALUES (6, 'six')");

            awaitIds(Set.of(1, 2, 3, 4, 5, 6));
        }
        assertThat(world.rowChanges())
                .extracting(row -> row.position().epoch())
                .as("each reading has an epoch above the one before")
                .isSorted()
                .endsWith(savedEpoch());
    }

    @Test
    void tornShapesAreSentOnceMoreAndCaptureGoesOn() throws Exception {
        try (var floe = world.capture(ITEMS)) {
            awaitSnapshots(1);
        }
        Files.writeString(state.resolve("shapes.json"), "{\"shop\":{\"ite");
        world.mysql.execute("INSERT INTO shop.items VALUES (3, 'while down')");

        try (var floe = world.capture(ITEMS)) {
            awaitIds(Set.of(3));
        }
        assertThat(world.rowChanges()).hasSize(3);
    }

    @Test
    void theOffsetMovesWhileOnlyOtherTablesChange() throws Exception {
        try (var floe = world.capture(ITEMS, "capture.heartbeat", "1s")) {
            awaitSnapshots(1);
            world.mysql.rotateBinlog();
            world.mysql.execute("INSERT INTO shop.others VALUES (1)");
            String now =
                    world.mysql.query("SHOW MASTER STATUS").get(0).get("File").toString();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Files.readString(state.resolve("state.json")))
                            .contains("\"file\":\"" + now + "\""));
        }
        assertThat(world.rowChanges()).hasSize(2);
    }

    @Test
    void transactionsPurgedBeforeTheyWereReadAreToldAndReadAgainOnRequest() throws Exception {
        captureToTheEnd();
        world.mysql.execute("INSERT INTO shop.items VALUES (3, 'never read')", "FLUSH BINARY LOGS");
        String now = world.mysql.query("SHOW MASTER STATUS").get(0).get("File").toString();
        world.mysql.execute("PURGE BINARY LOGS TO '" + now + "'");

        lostPositionIsToldAndMended("has purged the transactions");

        awaitIds(Set.of(3));
    }

    @Test
    void aResetBinlogIsNoticedThoughItsGtidsWereSeenBefore() throws Exception {
        captureToTheEnd();
        world.mysql.execute("RESET MASTER");
        for (int id = 10; id < 40; id++) {
            world.mysql.execute("INSERT INTO shop.items VALUES (" + id + ", 'after reset')");
        }

        lostPositionIsToldAndMended("MySQL has started its binlog anew");

        awaitIds(Set.of(10, 39));
    }

    @Test
    void aBinlogResetToFewerTransactionsIsNoticed() throws Exception {
        captureToTheEnd();
        world.mysql.execute("RESET MASTER");

        lostPositionIsToldAndMended("does not have the transactions");
    }

    private void captureToTheEnd() throws Exception {
        try (var floe = world.capture(ITEMS, "capture.heartbeat", "1s")) {
            awaitSnapshots(1);
            world.mysql.execute("INSERT INTO shop.items VALUES (50, 'before')");
            awaitIds(Set.of(50));
            String end = world.mysql
                    .query("SHOW MASTER STATUS")
                    .get(0)
                    .get("Position")
                    .toString();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Files.readString(state.resolve("state.json")))
                            .contains("\"pos\":" + end));
        }
    }

    private void lostPositionIsToldAndMended(String message) throws Exception {
        long epoch = savedEpoch();
        try (var floe = world.capture(ITEMS)) {
            awaitDown(floe.camel(), message);
            awaitDown(floe.camel(), "capture.on-lost-position");
        }
        assertThat(savedEpoch()).isEqualTo(epoch);
        try (var floe = world.capture(ITEMS, "capture.on-lost-position", "snapshot")) {
            awaitSnapshots(2);
        }
        assertThat(snapshotEnds().get(1).position().epoch()).isGreaterThan(epoch);
    }

    private void killDumpThread() {
        Object dump = world.mysql
                .query("SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'")
                .get(0)
                .get("ID");
        world.mysql.execute("KILL " + dump);
    }

    private static String manyItems(int count) {
        return "INSERT INTO shop.items WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + count + ") SELECT i + 1000, 'many' FROM n";
    }

    private long savedEpoch() throws IOException {
        Matcher epoch = EPOCH.matcher(Files.readString(state.resolve("state.json")));
        assertThat(epoch.find()).isTrue();
        return Long.parseLong(epoch.group(1));
    }

    private static int id(RowChange row) {
        return row.image().path("id").asInt();
    }

    private List<Change> snapshotEnds() {
        return world.snapshotEnds();
    }

    /** Waits until so many snapshots have ended, and the last one's end is in the saved state. */
    private void awaitSnapshots(int count) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(snapshotEnds()).hasSize(count);
            assertThat(Files.readString(state.resolve("state.json")))
                    .contains("\"file\"")
                    .doesNotContain("\"snapshot\"");
        });
    }

    private void awaitRows(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(world.rowChanges()).hasSizeGreaterThanOrEqualTo(count));
    }

    private void awaitIds(Set<Integer> ids) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(world.rowChanges())
                .extracting(CaptureGuaranteesTest::id)
                .containsAll(ids));
    }

    private static void awaitDown(CamelContext camel, String message) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            HealthCheck.Result capture = HealthCheckHelper.invokeReadiness(camel).stream()
                    .filter(result -> result.getCheck().getId().contains("capture"))
                    .findFirst()
                    .orElseThrow();
            assertThat(capture.getState()).hasToString("DOWN");
            assertThat(capture.getMessage().orElse("")).contains(message);
        });
    }
}
