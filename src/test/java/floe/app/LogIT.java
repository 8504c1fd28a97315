package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import local.FloeProcess;
import local.LocalWorld;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** How much the packaged application logs, with the probes of a cluster asking it all the while. */
class LogIT {

    private static final Duration PROBES = Duration.ofMillis(200);
    /** More than a start may have lines. */
    private static final int TABLES = 30;

    private static final Duration WHILE = Duration.ofSeconds(5);

    private static final int FILES = 5;

    @TempDir
    static Path folder;

    private static LocalWorld world;
    private static FloeProcess floe;

    /** What was logged until the tables were equal, and some time after. */
    private static List<String> start;

    @BeforeAll
    static void start() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.people (id int PRIMARY KEY, name varchar(40))",
                        "INSERT INTO shop.people VALUES (1, 'Ann'), (2, 'Ben')");
        for (int i = 0; i < TABLES; i++) {
            world.mysql()
                    .execute(
                            "CREATE TABLE shop.orders" + i + " LIKE shop.people",
                            "INSERT INTO shop.orders" + i + " SELECT * FROM shop.people");
        }
        Map<String, String> settings = new HashMap<>(world.settings("shop.*", folder.resolve("state")));
        // What cannot work is tried often.
        settings.put("capture.longest-pause", "500ms");
        settings.put("load.longest-pause", "500ms");
        settings.put("capture.heartbeat", "1s");
        // This is another one that S3 refuses.
        settings.put("requests.poll-interval", "1h");
        floe = new FloeProcess(folder, settings);
        floe.run("setup", "--execute");
        floe.start();
        awaitEqual();
        probe(WHILE);
        start = lines();
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
    void aHealthyStartIsUnderTwentyLinesAndNoWarning() {
        assertThat(start).hasSizeLessThan(20).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }

    @Test
    void aChangedStateIsOneLineHoweverOftenItIsAskedAndTried() throws Exception {
        int before = lines().size();
        world.s3().faults().failRequests(RequestFault.DENIED, 1);
        awaitLine(before, " WARN ", "Nothing is loaded");
        world.s3().faults().clear();
        awaitLine(before + 1, " INFO ", "Files are loaded again");

        int denied = lines().size();
        world.kinesis().faults().failRequests(RequestFault.DENIED, 1);
        world.mysql().execute("INSERT INTO shop.people VALUES (3, 'Cid')");
        awaitLine(denied, " ERROR ", "Capture has stopped", "AccessDenied");
        world.kinesis().faults().clear();
        awaitLine(denied + 1, " INFO ", "Capture works");

        int waits = lines().size();
        for (int file = 0; file < FILES; file++) {
            stage(file, "\n".repeat(file) + lineWithAColumnThatNobodyToldOf());
        }
        awaitLine(waits, " WARN ", "shop.people is waiting", "Lost", "floe setup");
        world.mysql().execute("ALTER TABLE shop.people ADD Lost INT");
        awaitLine(waits + 1, " INFO ", "shop.people is ready");
    }

    @Test
    void aSessionThatSnowflakeEndedIsNoStackTrace() throws Exception {
        int before = lines().size();
        world.snowflake().faults().forgetSessions();

        world.mysql().execute("INSERT INTO shop.orders0 VALUES (3, 'Cid')");

        await().atMost(Duration.ofSeconds(60)).pollInterval(PROBES).untilAsserted(() -> {
            probe();
            assertThat(world.snowflake().query("SELECT NAME FROM CDC_DESTINATION.PUBLIC.ORDERS0 WHERE ID = 3"))
                    .hasToString("[{NAME=Cid}]");
        });
        probe(WHILE);
        assertThat(linesFrom(before)).hasSizeLessThanOrEqualTo(2).allMatch(line -> line.contains("[floe."));
    }

    /** The line comes, with this in it, and no other one does however often Floe is asked and tries. */
    private static void awaitLine(int number, String... parts) throws IOException {
        await().atMost(Duration.ofSeconds(60)).pollInterval(PROBES).untilAsserted(() -> {
            probe();
            assertThat(linesFrom(number)).isNotEmpty();
        });
        probe(WHILE);
        assertThat(lines()).hasSize(number + 1);
        assertThat(lines().get(number)).contains(parts);
    }

    /** Nothing is under way any more, so that only what is done next can be told. */
    private static void awaitEqual() {
        await().atMost(Duration.ofMinutes(3)).pollInterval(PROBES).untilAsserted(() -> {
            probe();
            for (int i = 0; i < TABLES; i++) {
                assertThat(world.snowflake()
                                .query("SELECT NAME FROM CDC_DESTINATION.PUBLIC.ORDERS" + i + " ORDER BY ID"))
                        .hasToString("[{NAME=Ann}, {NAME=Ben}]");
            }
            assertThat(floe.isReady()).isTrue();
            assertThat(floe.health()).doesNotContain("capture.snapshots");
            assertThat(world.s3().keys(LocalWorld.BUCKET, "staging/")).isEmpty();
        });
    }

    /** It is newer than all that is known of the table, which so may get the column. */
    private static String lineWithAColumnThatNobodyToldOf() {
        return "{\"schema\":\"shop\",\"table\":\"people\",\"position\":\""
                + Instant.now().plusSeconds(3600).getEpochSecond()
                + "-0000009999-000000000004-0000000001\",\"type\":\"WriteRowsEvent\",\"row\":{\"values\":"
                + "{\"id\":9,\"name\":\"Eve\",\"Lost\":1}}}";
    }

    private static void stage(int file, String text) {
        String key = "staging/floe-1-2026-11-22-10-00-0" + file + "-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";
        world.s3()
                .client()
                .putObject(request -> request.bucket(LocalWorld.BUCKET).key(key), RequestBody.fromString(text));
    }

    private static void probe(Duration time) {
        await().atMost(time.multipliedBy(3)).during(time).pollInterval(PROBES).until(() -> {
            probe();
            return true;
        });
    }

    /** As a kubelet does, which takes no answer for an answer too. */
    private static void probe() {
        for (String path : List.of("started", "live", "ready")) {
            try {
                floe.get("/q/health/" + path);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(floe.log());
    }

    private static List<String> linesFrom(int first) throws IOException {
        return lines().stream().skip(first).toList();
    }
}
