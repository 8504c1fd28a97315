package routes;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import floe.change.MadeKey;
import floe.change.TableId;
import floe.change.TableShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a MySQL to a Snowflake, whose schema lets texts compare without their case: what tells rows apart on the way. */
class KeysEndToEndTest {

    private static final List<String> KEYS =
            List.of("a", "A", "\u00e4", "\u00c4", "b", "B", "ss", "SS", "\u00df", "\u1e9e", "e ", "e");

    @TempDir
    Path state;

    private CaptureWorld source;
    private LoadWorld target;

    @BeforeEach
    void start() throws Exception {
        source = new CaptureWorld(state);
        source.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.words (k VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, n INT)",
                "CREATE TABLE shop.heap (n INT, v VARCHAR(9))");
        target = new LoadWorld();
        target.snowflake().execute("ALTER SCHEMA PUBLIC SET DEFAULT_DDL_COLLATION = 'en-ci'");
        target.with(new TableId("shop", "words"), new TableShape(List.of("k"), List.of(column("k", false), number())));
        target.stage().set("load.tables", "shop.words,shop.heap");
    }

    @AfterEach
    void stop() throws Exception {
        target.close();
        source.close();
    }

    /** For MySQL 'a', 'A' and 'ä' are one key here, and a row may change from one spelling to another; 'ss' and 'ß' too. */
    @Test
    void aKeyThatChangesInItsCaseOrAccentAloneIsOneRow() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (var floe = new WatchedCapture(source, state, "shop.words")) {
            List<String> statements = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                String key = "'" + KEYS.get(random.nextInt(KEYS.size())) + "'";
                String other = "'" + KEYS.get(random.nextInt(KEYS.size())) + "'";
                statements.add(
                        switch (random.nextInt(5)) {
                            case 0 -> "INSERT IGNORE INTO shop.words VALUES (" + key + ", " + i + ")";
                            case 1 -> "DELETE FROM shop.words WHERE k = " + key;
                            case 2 -> "REPLACE INTO shop.words VALUES (" + key + ", " + i + ")";
                            case 3 -> "UPDATE shop.words SET k = " + key + " WHERE k = " + key;
                            default -> "UPDATE IGNORE shop.words SET k = " + other + " WHERE k = " + key;
                        });
            }
            floe.run(statements.toArray(String[]::new));
        }

        load("shop.words", random);

        assertThat(rows("SELECT k, n FROM shop.words", source.mysql.query("SELECT k, n FROM shop.words")))
                .as("seed %s", seed)
                .isEqualTo(rows("WORDS", target.snowflake().query("SELECT K, N FROM WORDS")));
    }

    @Test
    void rowsWithoutAKeyAreThereOnceByTheirHash() throws Exception {
        mirrorHeap(MadeKey.HASH);
        Random random = new Random();
        try (var floe = new WatchedCapture(source, state, "shop.heap", "capture.no-key", "hash")) {
            floe.run(
                    "INSERT INTO shop.heap VALUES (1, 'a'), (1, 'A'), (2, NULL), (2, NULL), (3, 'c')",
                    "UPDATE shop.heap SET n = n + 1",
                    "UPDATE shop.heap SET v = 'A' WHERE v = 'a'",
                    "DELETE FROM shop.heap WHERE n = 4");
        }

        load("shop.heap", random);

        assertThat(target.snowflake().query("SELECT N, V FROM HEAP ORDER BY N"))
                .hasToString("[{N=2, V=A}, {N=3, V=null}]");
    }

    @Test
    void rowsWithoutAKeyAreEachARowOfItsOwn() throws Exception {
        mirrorHeap(MadeKey.APPEND);
        Random random = new Random();
        source.mysql.execute("INSERT INTO shop.heap VALUES (1, 'a'), (1, 'a'), (NULL, NULL)");
        try (var floe = new WatchedCapture(source, state, "shop.heap", "capture.no-key", "append")) {
            floe.run(
                    "INSERT INTO shop.heap VALUES (2, 'b'), (2, 'b')",
                    "UPDATE shop.heap SET v = 'c' WHERE n = 2 LIMIT 1",
                    "DELETE FROM shop.heap WHERE n = 1");
        }

        load("shop.heap", random);

        assertThat(target.snowflake().query("SELECT N, V FROM HEAP ORDER BY N, V"))
                .hasToString("[{N=1, V=a}, {N=1, V=a}, {N=2, V=b}, {N=2, V=b}, {N=2, V=c}, {N=null, V=null}]");
    }

    private void mirrorHeap(MadeKey made) throws Exception {
        TableShape heap = new TableShape(List.of(), List.of(number(), column("v", true)));
        target.with(new TableId("shop", "heap"), heap.keyedBy(made));
    }

    /** Loads the lines of a table in several files and in any order, but that a snapshot ends behind its rows. */
    private void load(String table, Random random) throws Exception {
        List<String> rows = new ArrayList<>();
        List<String> others = new ArrayList<>();
        String name = TableId.parse(table).table();
        for (String line : source.lines()) {
            if (line.contains("\"table\":\"" + name + "\"")) {
                (line.contains("SnapshotEvent") ? others : rows).add(line);
            }
        }
        Collections.shuffle(rows, random);
        target.stage().start();
        int middle = rows.size() / 2;
        target.awaitArchived(
                target.stage(rows.subList(middle, rows.size()).toArray(String[]::new)),
                target.stage(rows.subList(0, middle).toArray(String[]::new)));
        target.awaitArchived(target.stage(others.toArray(String[]::new)));
        assertThat(target.deadLetters()).isEmpty();
    }

    private static Map<String, String> rows(String from, List<Map<String, Object>> found) {
        Map<String, String> rows = new TreeMap<>();
        for (Map<String, Object> row : found) {
            List<Object> values = new ArrayList<>(row.values());
            assertThat(rows.put(String.valueOf(values.get(0)), String.valueOf(values.get(1))))
                    .as("another row of %s", from)
                    .isNull();
        }
        return rows;
    }

    private static Column column(String name, boolean nullable) {
        return Column.named(name, "varchar").length(9L).nullable(nullable).build();
    }

    private static Column number() {
        return Column.named("n", "int").build();
    }
}
