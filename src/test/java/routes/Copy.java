package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Change;
import floe.change.ChangeType;
import floe.change.MadeKey;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.TableShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as the rules of load make it of what is on the stream, whatever the order it comes in. Where rows are told apart by
 * all their values, equal ones are one on both sides.
 */
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

    private List<String> source() {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> row : world.mysql.query(
                "SELECT * FROM `" + table.schema() + "`.`" + table.table().replace("`", "``") + "`")) {
            rows.add(text(row.keySet(), row));
        }
        boolean byHash = shape().filter(shape -> shape.made() == MadeKey.HASH).isPresent();
        return (byHash ? rows.stream().distinct() : rows.stream()).sorted().toList();
    }

    private List<Change> changes() {
        return world.changes().stream()
                .filter(change -> change.table().equals(table))
                .sorted(Comparator.comparing(Change::position).thenComparing(Copy::rank))
                .toList();
    }

    /** The shape that was told last. */
    private Optional<TableShape> shape() {
        return changes().stream()
                .filter(TableChange.class::isInstance)
                .map(change -> ((TableChange) change).shape())
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later);
    }

    private List<String> rows() {
        List<Change> changes = changes();
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
        if (shape == null) {
            return List.of();
        }
        List<String> columns = shape.shape().sourceColumns().stream()
                .map(column -> column.name())
                .toList();
        return rows.values().stream()
                .map(row -> text(columns, row.columns()))
                .sorted()
                .toList();
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
