package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.StageHealth.awaitBinlogIsRead;

import floe.change.Change;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.TableId;
import floe.state.SnapshotRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single tables are read again beside the binlog: asked for, by themselves, and through restarts. */
class TableSnapshotsTest {

    /** The state, and after it the shapes, which are written before it. */
    private static final List<String> STATE_FILES = List.of("state.json", "shapes.json");

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TableId ITEMS = TableId.parse("shop.items");
    private static final TableId ORDERS = TableId.parse("shop.orders");

    @TempDir
    Path state;

    private CaptureWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(50))",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, name VARCHAR(50))",
                "INSERT INTO shop.items VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO shop.orders VALUES (1, 'one')");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void oneTableIsReadAgainAndNoOther() throws Exception {
        try (var floe = capture("shop.items,shop.orders")) {
            awaitEnds(ITEMS, 1);
            awaitEnds(ORDERS, 1);
            unseen("DELETE FROM shop.items WHERE id = 1", "INSERT INTO shop.items VALUES (3, 'three')");
            world.mysql.execute("INSERT INTO shop.items VALUES (4, 'four')");

            ask(ITEMS);

            awaitEnds(ITEMS, 2);
            awaitEqual(ITEMS);
            assertThat(ends(ORDERS)).hasSize(1);
        }
    }

    @Test
    void tablesThatAreNewOrHaveDivergedAreReadByThemselves() throws Exception {
        try (var floe = capture("shop.items", "capture.reread", "auto")) {
            awaitEnds(ITEMS, 1);
        }
        try (var floe = capture("shop.items,shop.orders", "capture.reread", "auto")) {
            awaitEnds(ORDERS, 1);
            awaitBinlogIsRead(floe.camel());

            unseen("SET binlog_format = STATEMENT", "DELETE FROM shop.items WHERE id = 1");

            awaitEnds(ITEMS, 2);
            awaitEqual(ITEMS);
            awaitEqual(ORDERS);
        }
    }

    @Test
    void aLockedTableIsWaitedForAndTheOthersAreRead() throws Exception {
        try (Connection other = world.mysql.connection();
                Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLES shop.items WRITE");
            try (var floe = capture("shop.items,shop.orders")) {
                awaitEnds(ORDERS, 1);
                await().atMost(SOON).untilAsserted(() -> assertThat(HealthCheckHelper.invokeReadiness(floe.camel()))
                        .anySatisfy(result -> assertThat(
                                        String.valueOf(result.getDetails().get("snapshots")))
                                .contains("shop.items: 0 %")
                                .contains("waits for a lock")));
                assertThat(ends(ITEMS)).isEmpty();

                statement.execute("UNLOCK TABLES");

                awaitEnds(ITEMS, 1);
                awaitEqual(ITEMS);
            }
        }
    }

    /**
     * Twenty crashes in one snapshot, with writers all the while. What a process leaves that is killed is what is on the
     * stream, and the state folder as it is at that moment.
     */
    @Test
    void aSnapshotGoesOnThroughCrashesWhileTheTableChanges() throws Exception {
        world.mysql.execute(
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO shop.items WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
                        + " SELECT i, CONCAT('row ', i) FROM n");
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(writing));
        try {
            for (int round = 0; round < 20; round++) {
                int before = world.lines().size();
                Map<Path, byte[]> left;
                try (var floe = capture("shop.items", "capture.snapshot-rows-per-second", "5000")) {
                    await().atMost(SOON).until(() -> world.lines().size() > before + 1);
                    left = stateFiles();
                }
                for (String name : STATE_FILES) {
                    Files.deleteIfExists(state.resolve(name));
                }
                for (Map.Entry<Path, byte[]> file : left.entrySet()) {
                    Files.write(file.getKey(), file.getValue());
                }
            }
        } finally {
            writing.set(false);
            writer.join();
        }

        try (var floe = capture("shop.items")) {
            awaitEnds(ITEMS, 1);
            awaitEqual(ITEMS);
        }
        assertThat(ends(ITEMS)).as("one snapshot that went on").hasSize(1);
    }

    private CamelMainApplication capture(String tables, String... more) throws Exception {
        String[] settings = Arrays.copyOf(more, more.length + 2);
        settings[more.length] = "capture.heartbeat";
        settings[more.length + 1] = "1s";
        return world.capture(tables, settings);
    }

    private Map<Path, byte[]> stateFiles() throws IOException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (String name : STATE_FILES) {
            Path file = state.resolve(name);
            if (Files.exists(file)) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private void ask(TableId table) throws Exception {
        SnapshotRequests.in(state).ask(SnapshotRequests.Wish.READ, List.of(table));
    }

    /** Without a trace in the binlog. */
    private void unseen(String... statements) throws SQLException {
        try (Connection session = world.mysql.connection();
                Statement statement = session.createStatement()) {
            if (!statements[0].startsWith("SET ")) {
                statement.execute("SET sql_log_bin = 0");
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void write(AtomicBoolean writing) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        int next = 1_000_000;
        while (writing.get()) {
            int id = random.nextInt(30_000);
            world.mysql.execute(
                    "UPDATE shop.items SET name = 'changed " + random.nextInt() + "' WHERE id = " + id,
                    "DELETE FROM shop.items WHERE id = " + random.nextInt(30_000),
                    "INSERT INTO shop.items VALUES (" + ++next + ", 'new')",
                    "UPDATE shop.items SET id = id + 5000000 WHERE id = " + random.nextInt(30_000));
        }
    }

    private void awaitEnds(TableId table, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(ends(table)).hasSize(count));
    }

    private List<Change> ends(TableId table) {
        return world.snapshotEnds().stream()
                .filter(end -> end.table().equals(table))
                .toList();
    }

    private void awaitEqual(TableId table) {
        await().atMost(SOON).untilAsserted(() -> {
            List<String> missing = rows(table);
            List<String> more = copy(table);
            List<String> same = List.copyOf(missing);
            missing.removeAll(new HashSet<>(more));
            more.removeAll(new HashSet<>(same));
            assertThat(missing).as("missing").isEmpty();
            assertThat(more).as("not in MySQL").isEmpty();
        });
    }

    private List<String> rows(TableId table) {
        return world.mysql.query("SELECT id, name FROM " + table + " ORDER BY id").stream()
                .map(row -> row.get("id") + " " + row.get("name"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The table as the rules of load make it of changes in any order. */
    private List<String> copy(TableId table) {
        Map<Integer, RowChange> newest = new TreeMap<>();
        for (Change change : world.changes()) {
            if (change instanceof RowChange row && row.table().equals(table)) {
                newest.merge(row.image().path("id").asInt(), row, TableSnapshotsTest::winner);
            }
        }
        Position floor = ends(table).stream()
                .map(Change::position)
                .max(Comparator.naturalOrder())
                .orElse(new Position(0, 0, 0, 0));
        return newest.values().stream()
                .filter(row -> row.type() != ChangeType.DELETE && row.position().compareTo(floor) >= 0)
                .map(row -> row.image().path("id").asInt() + " "
                        + row.image().path("name").asText())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** At one position a write beats a delete. */
    private static RowChange winner(RowChange one, RowChange other) {
        int order = one.position().compareTo(other.position());
        boolean isOther = order < 0 || (order == 0 && one.type() == ChangeType.DELETE);
        return isOther ? other : one;
    }
}
