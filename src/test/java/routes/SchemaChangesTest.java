package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every statement of docs/schema-changes.md, on a real MySQL: which have the table read again, and that both sides are equal after all. */
class SchemaChangesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Each is the end of an ALTER TABLE of a table of its own. */
    private static final List<String> READ_AGAIN = List.of(
            "ADD COLUMN n VARCHAR(10) NOT NULL DEFAULT 'active'",
            "ADD COLUMN n INT NOT NULL",
            "ADD COLUMN n INT DEFAULT 5",
            "ADD COLUMN n INT GENERATED ALWAYS AS (a + 1) STORED",
            "ADD COLUMN n INT GENERATED ALWAYS AS (a + 1) VIRTUAL AFTER id",
            "ADD COLUMN (n INT, m INT DEFAULT 8)",
            "RENAME COLUMN a TO b",
            "RENAME COLUMN a TO c, RENAME COLUMN c TO a",
            "CHANGE a b INT",
            "DROP COLUMN a, ADD COLUMN a INT",
            "MODIFY a DECIMAL(12, 3)",
            "MODIFY a INT UNSIGNED",
            "MODIFY a VARCHAR(20)",
            "MODIFY a INT NOT NULL",
            "MODIFY d DECIMAL(12, 4)",
            "MODIFY d DECIMAL(10, 1)",
            "MODIFY v VARCHAR(5)",
            "MODIFY v VARCHAR(20) CHARACTER SET latin1",
            "CONVERT TO CHARACTER SET latin1",
            "MODIFY s SET('q', 'p')",
            "DROP PRIMARY KEY, ADD PRIMARY KEY (u, id)",
            "ADD UNIQUE INDEX k (u), DROP PRIMARY KEY",
            "PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (2), PARTITION p1 VALUES LESS THAN (99));"
                    + "TRUNCATE PARTITION p0",
            "PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (2), PARTITION p1 VALUES LESS THAN (99));"
                    + "DROP PARTITION p0");

    private static final List<String> GO_ON = List.of(
            "ADD COLUMN n INT",
            "ADD COLUMN n INT DEFAULT NULL FIRST",
            "ADD COLUMN n INT, ALGORITHM = INSTANT",
            "DROP COLUMN a",
            "ALTER COLUMN a SET DEFAULT 7",
            "MODIFY a INT FIRST",
            "MODIFY a INT DEFAULT 3 COMMENT 'three'",
            "MODIFY a BIGINT",
            "MODIFY d DECIMAL(20, 2)",
            "MODIFY v VARCHAR(200)",
            "MODIFY v MEDIUMTEXT",
            "MODIFY e ENUM('x', 'y', 'z')",
            "MODIFY e ENUM('y', 'x')",
            "MODIFY s SET('p', 'q', 'r')",
            "ADD INDEX i (a)",
            "ADD UNIQUE INDEX i (v)",
            "ADD INDEX i (a);RENAME INDEX i TO j;DROP INDEX j",
            "COMMENT = 'more'",
            "ENGINE = InnoDB",
            "AUTO_INCREMENT = 100",
            "DEFAULT CHARACTER SET latin1",
            "PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (99));"
                    + "ADD PARTITION (PARTITION p1 VALUES LESS THAN (199))");

    @TempDir
    Path state;

    private CaptureWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute("CREATE DATABASE shop");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatChangesOldRowsHasTheTableReadAgainAndNothingElse() throws Exception {
        List<String> all = Stream.concat(READ_AGAIN.stream(), GO_ON.stream()).toList();
        for (int number = 0; number < all.size(); number++) {
            create("t" + number);
        }
        try (var floe = capture()) {
            List<String> statements = new ArrayList<>();
            for (int number = 0; number < all.size(); number++) {
                for (String end : all.get(number).split(";", -1)) {
                    statements.add("ALTER TABLE shop.t" + number + " " + end);
                }
                statements.add("INSERT IGNORE INTO shop.t" + number + " (id, u) VALUES (9, 9)");
                statements.add("UPDATE IGNORE shop.t" + number + " SET u = 30 WHERE id = 3");
            }
            floe.run(statements.toArray(String[]::new));

            for (int number = 0; number < READ_AGAIN.size(); number++) {
                String table = "shop.t" + number;
                await(all.get(number)).atMost(SOON).until(() -> ends(table) > 1);
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
            for (int number = 0; number < all.size(); number++) {
                Copy.awaitEqual(world, "shop.t" + number);
                if (number >= READ_AGAIN.size()) {
                    assertThat(ends("shop.t" + number)).as(all.get(number)).isEqualTo(1);
                }
            }
        }
    }

    /** The definition is asked for when the first of them is read, and shows what all of them did. */
    @Test
    void severalStatementsAtOnceAreDecidedInDoubt() throws Exception {
        create("rounded", "changed", "filled", "indexed");
        try (var floe = capture()) {
            Copy.awaitEqual(world, "shop.indexed");
        }
        world.mysql.execute(
                "ALTER TABLE shop.rounded MODIFY d DECIMAL(10, 1)",
                "ALTER TABLE shop.rounded MODIFY d DECIMAL(10, 2)",
                "ALTER TABLE shop.changed DROP COLUMN a",
                "ALTER TABLE shop.changed ADD COLUMN a INT",
                "ALTER TABLE shop.filled ADD COLUMN n INT DEFAULT 1",
                "ALTER TABLE shop.filled ALTER COLUMN n SET DEFAULT 2",
                "INSERT INTO shop.filled (id, u) VALUES (9, 9)",
                "ALTER TABLE shop.indexed ADD INDEX i (a)",
                "ALTER TABLE shop.indexed ADD COLUMN n INT",
                "ALTER TABLE shop.indexed DROP INDEX i");

        try (var floe = capture()) {
            floe.awaitAll();
            for (String table : List.of("rounded", "changed", "filled", "indexed")) {
                Copy.awaitEqual(world, "shop." + table);
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(floe.diverged()).isEmpty());
            assertThat(ends("shop.indexed")).isEqualTo(1);
        }
    }

    private void create(String... tables) {
        Arrays.stream(tables)
                .forEach(table -> world.mysql.execute(
                        "CREATE TABLE shop." + table
                                + " (id INT PRIMARY KEY, u INT NOT NULL, a INT, c INT, v VARCHAR(20),"
                                + " d DECIMAL(10, 2), e ENUM('x', 'y'), s SET('p', 'q')) CHARACTER SET utf8mb4",
                        "INSERT INTO shop." + table + " VALUES (1, 1, 1, 11, 'one', 1.25, 'x', 'p,q'),"
                                + " (2, 2, 2, 12, 'two', 2.50, 'y', 'q'), (3, 3, 3, 13, 'three', 3.75, 'x', '')"));
    }

    private WatchedCapture capture() throws Exception {
        return new WatchedCapture(world, state, "shop.*", "capture.reread", "auto", "capture.heartbeat", "1s");
    }

    private long ends(String table) {
        return world.snapshotEnds().stream()
                .filter(end -> end.table().toString().equals(table))
                .count();
    }
}
