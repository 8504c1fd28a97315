package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Change;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.TableChange;
import floe.change.TableId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A table as the rules of load make it of what is on the stream, whatever the order it comes in. */
final class Copy {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final CaptureWorld world;
    private final TableId table;

    /** A row, and where it stands. */
    private record Row(Position position, Map<String, String> columns) {}

    private Copy(CaptureWorld world, TableId table) {
        this.world = world;
        this.table = table;
    }

    /** Returns when the copy has the columns and the rows of the table. */
    static void awaitEqual(CaptureWorld world, String table) {
        Copy copy = new Copy(world, TableId.parse(table));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(copy.rows()).as("the copy of " + table).isEqualTo(copy.source()));
    }

    /** Whether a table has no row in the copy. */
    static boolean isEmpty(CaptureWorld world, String table) {
        return new Copy(world, TableId.parse(table)).rows().isEmpty();
    }

    private Set<String> source() {
        TreeSet<String> rows = new TreeSet<>();
        for (Map<String, Object> row : world.mysql.query(
                "SELECT * FROM `" + table.schema() + "`.`" + table.table().replace("`", "``") + "`")) {
            rows.add(text(row.keySet(), row));
        }
        return rows;
    }

    private Set<String> rows() {
        List<Change> changes = world.changes().stream()
                .filter(change -> change.table().equals(table))
                .sorted(Comparator.comparing(Change::position).thenComparing(Copy::rank))
                .toList();
        Map<List<String>, Row> rows = new HashMap<>();
        TableChange shape = null;
        for (Change change : changes) {
            if (change instanceof TableChange whole) {
                if (whole.endsAllBefore()) {
                    rows.clear();
                }
                shape = whole.shape() == null ? shape : whole;
            } else if (change instanceof RowChange row) {
                apply(row, shape, rows);
            } else if (change.type() == ChangeType.SNAPSHOT) {
                rows.values().removeIf(row -> row.position().compareTo(change.position()) < 0);
            }
        }
        TreeSet<String> texts = new TreeSet<>();
        if (shape != null) {
            List<String> columns = shape.shape().columns().stream()
                    .map(column -> column.name())
                    .toList();
            rows.values().forEach(row -> texts.add(text(columns, row.columns())));
        }
        return texts;
    }

    private static void apply(RowChange row, TableChange shape, Map<List<String>, Row> rows) {
        List<String> key = shape.shape().key().stream()
                .map(name -> name + "=" + row.image().path(name).asText())
                .toList();
        if (row.type() == ChangeType.DELETE) {
            rows.remove(key);
            return;
        }
        Map<String, String> columns =
                rows.containsKey(key) ? new HashMap<>(rows.get(key).columns()) : new HashMap<>();
        row.image()
                .properties()
                .forEach(cell -> columns.put(cell.getKey(), cell.getValue().asText()));
        rows.put(key, new Row(row.position(), columns));
    }

    /** At one position a shape is told before rows, and a write beats a delete. */
    private static int rank(Change change) {
        return switch (change.type()) {
            case QUERY, TRUNCATE -> 0;
            case DELETE -> 1;
            case WRITE, UPDATE -> 2;
            case SNAPSHOT -> 3;
        };
    }

    private static String text(Iterable<String> columns, Map<String, ?> row) {
        StringBuilder text = new StringBuilder();
        for (String column : columns) {
            text.append(column).append('=').append(row.get(column)).append(' ');
        }
        return text.toString();
    }
}
