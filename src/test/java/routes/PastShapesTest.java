package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Change;
import floe.change.Column;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.TableShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that capture comes to when the table has been changed again: MySQL tells nobody what it was in between, and whoever
 * applies its rows waits for a shape that has their key and their columns.
 */
class PastShapesTest {

    private static final TableId ITEMS = new TableId("shop", "items");

    @TempDir
    Path state;

    private CaptureWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(20) DEFAULT 'none')",
                "INSERT INTO shop.items VALUES (1, 'one')");
        capturing();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aColumnThatCameAndWentIsToldBeforeItsRows() throws Exception {
        world.mysql.execute(
                "ALTER TABLE shop.items ADD passing VARCHAR(9) DEFAULT 'x', ADD more DECIMAL(9,2) UNSIGNED",
                "INSERT INTO shop.items VALUES (2, 'two', 'here', 1.5)",
                "ALTER TABLE shop.items DROP passing, DROP more",
                "INSERT INTO shop.items VALUES (3, 'three')");

        capturing();

        assertThat(shapeOf(2).columns()).extracting(Column::name).containsExactly("id", "name", "passing", "more");
        assertThat(shapeOf(2).columns().get(1).defaultValue()).isEqualTo("none");
        assertThat(shapeOf(3).columns()).extracting(Column::name).containsExactly("id", "name");
    }

    @Test
    void aKeyThatCameAndWentIsToldBeforeItsRows() throws Exception {
        world.mysql.execute(
                "ALTER TABLE shop.items MODIFY name VARCHAR(20) NOT NULL, DROP PRIMARY KEY, ADD PRIMARY KEY (name, id)",
                "INSERT INTO shop.items VALUES (2, 'two')",
                "ALTER TABLE shop.items DROP PRIMARY KEY, ADD PRIMARY KEY (id)",
                "INSERT INTO shop.items VALUES (3, 'three')");

        capturing();

        assertThat(shapeOf(2).key()).containsExactly("name", "id");
        assertThat(shapeOf(3).key()).containsExactly("id");
    }

    @Test
    void aTypeThatCameAndWentIsToldBeforeItsRows() throws Exception {
        world.mysql.execute(
                "ALTER TABLE shop.items ADD at INT, ADD kind ENUM('a','b')",
                "INSERT INTO shop.items VALUES (2, 'two', 7, 'b')",
                "ALTER TABLE shop.items DROP at, DROP kind",
                "ALTER TABLE shop.items ADD at DATETIME(3), ADD kind BIT(3)",
                "INSERT INTO shop.items VALUES (3, 'three', '2026-01-02 03:04:05.678', b'101')",
                "ALTER TABLE shop.items MODIFY at BIGINT UNSIGNED, MODIFY kind DECIMAL(5,1)",
                "INSERT INTO shop.items VALUES (4, 'four', 8, 1.5)");

        capturing();

        assertThat(types(2)).containsExactly("int", "varchar", "int", "enum");
        assertThat(types(3)).containsExactly("int", "varchar", "datetime", "bit");
        assertThat(types(4)).containsExactly("int", "varchar", "bigint", "decimal");
        assertThat(shapeOf(3).columns().get(2).fraction()).isEqualTo(3);
        assertThat(shapeOf(2).columns().get(3).members()).containsExactly("a", "b");
    }

    @Test
    void aTableThatIsGoneByNowIsToldAsItsRowsShowIt() throws Exception {
        world.mysql.execute(
                "ALTER TABLE shop.items ADD passing MEDIUMTEXT",
                "INSERT INTO shop.items VALUES (2, 'two', 'here')",
                "DROP TABLE shop.items",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, other INT)",
                "INSERT INTO shop.items VALUES (3, 3)");

        capturing();

        assertThat(types(2)).containsExactly("int", "varchar", "mediumtext");
        assertThat(types(3)).containsExactly("int", "int");
    }

    @Test
    void whatChangesBetweenTwoSnapshotsAndBackIsToldEachTime() throws Exception {
        world.mysql.execute("ALTER TABLE shop.items DROP PRIMARY KEY, ADD PRIMARY KEY (id, name)");
        capturing();
        world.mysql.execute("ALTER TABLE shop.items DROP PRIMARY KEY, ADD PRIMARY KEY (id)");
        capturing();
        world.mysql.execute(
                "INSERT INTO shop.items VALUES (2, 'two')",
                "ALTER TABLE shop.items DROP PRIMARY KEY, ADD PRIMARY KEY (id, name)",
                "INSERT INTO shop.items VALUES (3, 'three')",
                "ALTER TABLE shop.items DROP PRIMARY KEY, ADD PRIMARY KEY (id)",
                "INSERT INTO shop.items VALUES (4, 'four')");

        capturing();

        assertThat(shapeOf(2).key()).containsExactly("id");
        assertThat(shapeOf(3).key()).containsExactly("id", "name");
        assertThat(shapeOf(4).key()).containsExactly("id");
    }

    /** Captures until a row of this run is there, and looks at all that was told so far. */
    private void capturing() throws Exception {
        world.mysql.execute("CREATE TABLE IF NOT EXISTS shop.end (id INT PRIMARY KEY AUTO_INCREMENT)");
        try (var floe = world.capture("shop.*")) {
            world.mysql.execute("INSERT INTO shop.end VALUES ()");
            long ends = ((Number) world.mysql
                            .query("SELECT MAX(id) AS id FROM shop.end")
                            .get(0)
                            .get("id"))
                    .longValue();
            await().atMost(Duration.ofSeconds(60)).until(() -> world.rowChanges().stream()
                    .anyMatch(row -> row.table().table().equals("end")
                            && row.image().path("id").asLong() == ends));
        }
        List<Change> all = world.changes();
        for (Change change : all) {
            if (change instanceof RowChange row && !row.snapshot()) {
                TableShape shape = shapeAt(row.table(), row.position(), all);
                assertThat(shape.key()).as("key at %s", row.position()).isEqualTo(row.key());
                Set<String> names = new HashSet<>();
                row.image().fieldNames().forEachRemaining(names::add);
                assertThat(shape.columns())
                        .as("columns at %s", row.position())
                        .extracting(Column::name)
                        .containsExactlyInAnyOrderElementsOf(names);
            }
        }
    }

    private List<String> types(int id) {
        return shapeOf(id).columns().stream().map(Column::type).toList();
    }

    /** The shape that counts for the row of this id. */
    private TableShape shapeOf(int id) {
        List<Change> all = world.changes();
        RowChange row = world.rowChanges().stream()
                .filter(one -> one.table().equals(ITEMS) && !one.snapshot())
                .filter(one -> one.image().path("id").asInt() == id)
                .findFirst()
                .orElseThrow();
        return shapeAt(ITEMS, row.position(), all);
    }

    private static TableShape shapeAt(TableId table, Position position, List<Change> all) {
        List<TableChange> told = new ArrayList<>();
        for (Change change : all) {
            if (change instanceof TableChange one
                    && one.shape() != null
                    && one.table().equals(table)
                    && one.position().compareTo(position) <= 0) {
                told.add(one);
            }
        }
        return told.stream()
                .max((one, other) -> one.position().compareTo(other.position()))
                .orElseThrow(() -> new AssertionError("No shape of " + table + " was told up to " + position))
                .shape();
    }
}
