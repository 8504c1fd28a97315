package floe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Change;
import floe.change.ChangeReader;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.SnapshotChange;
import floe.change.SnapshotMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import local.FloeProcess;
import local.LocalWorld;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged application, stopped, killed, and let down by all that it talks to: its tables become equal. */
class HardshipIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    /** More take longer: {@code -Dfloe.kills=20}. */
    private static final int KILLS = Integer.getInteger("floe.kills", 3);

    private static final String ITEMS = "shop.items";
    private static final String MANY = "shop.many";
    private static final String KILLED = "shop.killed";

    @TempDir
    static Path folder;

    private static LocalWorld world;
    private static FloeProcess floe;

    @BeforeAll
    static void startAllOfIt() throws Exception {
        world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
        world.mysql()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.items (id INT AUTO_INCREMENT PRIMARY KEY, version INT)",
                        "INSERT INTO shop.items (version) VALUES (0)",
                        "CREATE TABLE shop.many (id INT AUTO_INCREMENT PRIMARY KEY, version INT)",
                        "CREATE TABLE shop.killed (id INT AUTO_INCREMENT PRIMARY KEY, version INT)");
        floe = process("items", ITEMS);
        floe.start();
    }

    @AfterAll
    static void stopAllOfIt() throws Exception {
        if (floe != null) {
            floe.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stoppedUnderLoadItEndsInTimeAndLosesNothing(Trouble trouble) throws Exception {
        startIfNeeded();
        awaitEqual(ITEMS);
        write(ITEMS, 300);
        trouble.begin(world);
        await().atMost(SOON).until(() -> trouble.isFelt(world));

        boolean inTime = floe.stop();

        assertThat(inTime).isTrue();
        trouble.end(world);
        floe.start();
        awaitEqual(ITEMS);
    }

    /** The driver repeats a request in a thread that nothing interrupts, and for which Camel may wait without a bound. */
    @Test
    void stoppedWhileItWaitsForSnowflakeItEndsInTime() throws Exception {
        floe.close();
        int before = world.snowflake().faults().deaths();
        world.snowflake().faults().dieAt(sql -> sql.contains("FLOE_EVOLVE"), Duration.ofMinutes(1));
        try {
            floe.start();
            write(ITEMS, 1);
            await().atMost(SOON).until(() -> world.snowflake().faults().deaths() > before);

            assertThat(floe.stop()).isTrue();
        } finally {
            world.snowflake().faults().clear();
        }
    }

    @Test
    void killedInMidSnapshotItGoesOnWithIt() throws Exception {
        floe.close();
        write(MANY, 4_000);
        try (FloeProcess slow = process("many", MANY, Map.of("capture.snapshot-rows-per-second", "500"))) {
            slow.start();
            await().atMost(SOON).until(() -> sent(MANY).anyMatch(RowChange.class::isInstance));
            slow.kill();
        }
        assertThat(snapshotEnds(MANY)).isEmpty();
        try (FloeProcess quick = process("many", MANY)) {
            quick.start();

            awaitEqual(MANY);
            assertThat(snapshotEnds(MANY))
                    .singleElement()
                    .isEqualTo(sent(MANY)
                            .filter(RowChange.class::isInstance)
                            .map(Change::position)
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Test
    void killedAgainAndAgainInOneSnapshotUnderWritesItLosesNothing() throws Exception {
        floe.close();
        write(KILLED, 60_000);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntil(over, KILLED));
        try {
            killInSnapshot();
            assertThat(snapshotEnds(KILLED)).isEmpty();
            try (FloeProcess quick = process("killed", KILLED)) {
                quick.start();
                await().atMost(SOON).until(() -> !snapshotEnds(KILLED).isEmpty());
                over.set(true);
                writer.join();

                awaitEqual(KILLED);
            }
        } finally {
            over.set(true);
        }
        // One snapshot, that went on: had it begun again, its rows would have other positions.
        assertThat(snapshotEnds(KILLED)).hasSize(1);
        assertThat(sent(KILLED)
                        .filter(HardshipIT::isOfSnapshot)
                        .map(Change::position)
                        .collect(Collectors.toSet()))
                .isEqualTo(snapshotEnds(KILLED));
    }

    /** So slowly that no life reads much of the table. */
    private static void killInSnapshot() throws Exception {
        Random random = new Random(20);
        try (FloeProcess slow = process("killed", KILLED, Map.of("capture.snapshot-rows-per-second", "500"))) {
            for (int kill = 1; kill <= KILLS; kill++) {
                int before = world.kinesis().records(LocalWorld.STREAM).size();
                slow.start();
                await().atMost(SOON).until(() -> sent(KILLED, before).anyMatch(HardshipIT::isOfSnapshot));
                Thread.sleep(random.nextInt(500));
                slow.kill();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE", "MERGE", "COMMIT"})
    void snowflakeDiesInTheMiddleOfACall(String statement) throws Exception {
        startIfNeeded();
        awaitEqual(ITEMS);
        int deaths = world.snowflake().faults().deaths();
        world.snowflake().faults().dieAt(sql -> sql.startsWith(statement), Duration.ofSeconds(1));

        write(ITEMS, 100);

        await().atMost(SOON).until(() -> world.snowflake().faults().deaths() > deaths);
        awaitEqual(ITEMS);
    }

    @Test
    void snowflakeRefusesAndLosesSessions() throws Exception {
        startIfNeeded();
        var snowflake = world.snowflake().faults();
        for (int round = 0; round < 3; round++) {
            awaitEqual(ITEMS);
            snowflake.failNextRequests(round == 0 ? RequestFault.THROTTLED : RequestFault.UNAVAILABLE, 3);
            if (round == 1) {
                snowflake.expireSessions();
            } else if (round == 2) {
                snowflake.forgetSessions();
            }

            write(ITEMS, 100);
        }

        awaitEqual(ITEMS);
    }

    @Test
    void kinesisThrottlesCallsAndRecordsOfMostPuts() throws Exception {
        startIfNeeded();
        awaitEqual(ITEMS);
        world.kinesis().faults().failRecords(0.6).failRequests(RequestFault.THROTTLED, 0.3);

        write(ITEMS, 500);

        awaitEqual(ITEMS);
        world.kinesis().faults().clear();
    }

    @Test
    void s3DoesAsAskedAndDoesNotAnswer() throws Exception {
        startIfNeeded();
        awaitEqual(ITEMS);
        world.s3()
                .faults()
                .only((method, path) -> path.contains("/archive/"))
                .failNextRequests(RequestFault.UNANSWERED_AFTER_DOING, 1);

        write(ITEMS, 100);

        awaitEqual(ITEMS);
        assertThat(world.s3().faults().struck()).containsEntry(RequestFault.UNANSWERED_AFTER_DOING, 1);
    }

    @Test
    void aRowThatFitsInNoMemorySetsItsTableAsideAlone() throws Exception {
        floe.close();
        world.mysql()
                .execute(
                        "SET GLOBAL max_allowed_packet = 256 * 1024 * 1024",
                        "CREATE TABLE shop.large (id INT AUTO_INCREMENT PRIMARY KEY, content LONGBLOB)",
                        "CREATE TABLE shop.small (id INT AUTO_INCREMENT PRIMARY KEY, version INT)");
        try (FloeProcess other = process("large", "shop.large,shop.small")) {
            other.start();
            write("shop.small", 10);
            awaitEqual("shop.small");

            world.mysql().execute("INSERT INTO shop.large (content) VALUES (REPEAT('x', 100 * 1024 * 1024))");
            write("shop.small", 10);

            awaitEqual("shop.small");
            assertThat(other.isAlive()).isTrue();
            assertThat(folder.resolve("large/state/state.json"))
                    .content()
                    .contains("shop.large", "capture.row-bytes allows 33554432")
                    .doesNotContain("xxx");
        }
    }

    private static FloeProcess process(String name, String tables) throws Exception {
        return process(name, tables, Map.of());
    }

    private static FloeProcess process(String name, String tables, Map<String, String> more) throws Exception {
        Map<String, String> settings =
                world.settings(tables, folder.resolve(name).resolve("state"));
        settings.put("capture.heartbeat", "1s");
        settings.put("capture.longest-pause", "2s");
        settings.put("load.longest-pause", "2s");
        // All that this Snowflake schema is to hold: setup takes other tables off its list.
        settings.put("load.tables", "shop.*");
        settings.putAll(more);
        FloeProcess process = new FloeProcess(Files.createDirectories(folder.resolve(name)), settings, "-Xmx448m");
        process.run("setup", "--execute");
        return process;
    }

    private static void startIfNeeded() throws Exception {
        if (!floe.isAlive()) {
            floe.start();
        }
    }

    /** So many new rows, and a change of all those that are there. */
    private static void write(String table, int rows) {
        world.mysql()
                .execute(
                        "SET SESSION cte_max_recursion_depth = 100000",
                        "INSERT INTO " + table + " (version) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                + " FROM n WHERE i < " + rows + ") SELECT i FROM n",
                        "UPDATE " + table + " SET version = version + 1");
    }

    /** Inserts, updates and deletes anywhere in the table. */
    private static void writeUntil(AtomicBoolean over, String table) {
        Random random = new Random(1);
        try (Connection connection = world.mysql().connection();
                Statement statement = connection.createStatement()) {
            while (!over.get()) {
                int id = 1 + random.nextInt(65_000);
                statement.execute(
                        switch (random.nextInt(4)) {
                            case 0 -> "INSERT INTO " + table + " (version) VALUES (-1)";
                            case 1 -> "DELETE FROM " + table + " WHERE id = " + id;
                            case 2 -> "REPLACE INTO " + table + " VALUES (" + id + ", -2)";
                            default -> "UPDATE " + table + " SET version = version + 1 WHERE id = " + id;
                        });
                Thread.sleep(5);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until both sides are equal and nothing is left to load; nothing may have been given up. */
    private static void awaitEqual(String table) {
        String sql = "SELECT id, version FROM %s ORDER BY id";
        String target = "CDC_DESTINATION.PUBLIC." + table.substring("shop.".length());
        await().atMost(SOON).ignoreExceptionsInstanceOf(SQLException.class).untilAsserted(() -> {
            try (Connection mysql = world.mysql().connection();
                    Connection snowflake = world.snowflake().connection()) {
                assertThat(rows(snowflake, sql.formatted(target)).equals(rows(mysql, sql.formatted(table))))
                        .as("both sides are equal")
                        .isTrue();
            }
            assertThat(world.s3().keys(LocalWorld.BUCKET, "staging/")).isEmpty();
        });
        assertThat(world.s3().keys(LocalWorld.BUCKET, "dead-letter/")).isEmpty();
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getLong(1) + " " + found.getLong(2));
            }
        }
        return rows;
    }

    /** Their positions: every lane is told of an end. */
    private static Set<Position> snapshotEnds(String table) {
        return sent(table)
                .filter(change -> change instanceof SnapshotChange snapshot
                        && snapshot.mark().step() == SnapshotMark.Step.END)
                .map(Change::position)
                .collect(Collectors.toSet());
    }

    private static boolean isOfSnapshot(Change change) {
        return change instanceof RowChange row && row.snapshot();
    }

    private static Stream<Change> sent(String table) {
        return sent(table, 0);
    }

    /** Without the first records. */
    private static Stream<Change> sent(String table, int records) {
        ChangeReader reader = new ChangeReader();
        return world.kinesis().records(LocalWorld.STREAM).stream()
                .skip(records)
                .flatMap(stored -> stored.data().asUtf8String().lines())
                .map(line -> reader.read(line, Position.ofLine(0, 0, 0)))
                .filter(change -> change.table().toString().equals(table));
    }
}
