package floe.load;

import static floe.change.UnfitChange.Reason.NOT_AN_EVENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.UnfitChange;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TargetTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the changes of a source table in the terms of its Snowflake table. For one file, hence for one thread. */
final class TargetRows {

    /**
     * A change as the apply procedure reads it.
     *
     * @param key the values of the key columns, in their order
     * @param deleted whether the row goes, rather than is written
     * @param json apply.sql describes the form
     * @param bytes of {@code json} in UTF-8
     * @param nullDates how many dates that are none are null in it
     */
    record Keyed(List<JsonNode> key, Position position, boolean deleted, String json, long bytes, int nullDates) {

        Keyed(List<JsonNode> key, Position position, boolean deleted, String json, int nullDates) {
            this(key, position, deleted, json, RowJson.utf8Bytes(json), nullDates);
        }
    }

    /**
     * What a change comes to.
     *
     * @param changes to apply; may be empty
     * @param unfit why there is no more of it; null if this is all
     */
    record Fitting(List<Keyed> changes, UnfitChange unfit) {}

    /** What a change names that is younger than the end of the table. */
    static final String ANOTHER_TABLE = "another table of this name, made after it was dropped";

    private static final int NOT_THERE = -2;
    private static final int NOT_IN_KEY = -1;

    /** @param keyIndex from 0, or one of the constants */
    private record Column(String name, int keyIndex, boolean isDate) {}

    private final TargetTable table;
    /** By their names in MySQL: folding a name costs more than all else that is done to a value. */
    private final Map<String, Column> columns = new HashMap<>();

    /** Whether keys, as events name them, are the table's. */
    private final Map<List<String>, Boolean> sameKeys = new HashMap<>();

    TargetRows(TargetTable table) {
        this.table = table;
    }

    /**
     * What the change names of which no event has told that the table has it, so that it must wait: another key, or a column as
     * MySQL spells it. Null if there is nothing.
     *
     * <p>What the table has no more is none of this where the row is older than the table's shape. One that is younger waits: the
     * column came again. One that a snapshot read may be younger than its position, and then name a column of which an event is
     * yet to tell: where it is older than the shape, only what was known is none of this.
     */
    String lacking(RowChange change) {
        if (table.awaits(change.position())) {
            return ANOTHER_TABLE;
        }
        if (!hasKeyOf(change) && change.position().compareTo(table.keyedSince()) >= 0) {
            return "the key (" + String.join(", ", change.key()) + ")";
        }
        if (!change.key().isEmpty() && hasKeyOf(change) && isBetweenKeys(change.position())) {
            return "the key (" + String.join(", ", change.key()) + ") at " + change.position();
        }
        boolean older = change.position().compareTo(table.shapeAt()) < 0;
        for (var column : change.image().properties()) {
            Column known = named(column.getKey());
            boolean gone =
                    older && (!change.snapshot() || table.droppedColumns().contains(known.name()));
            if (known.keyIndex() == NOT_THERE && !gone) {
                return "the column " + column.getKey();
            }
        }
        return null;
    }

    /** The source got the key there or before: the event that tells of it comes later, and until then rows are of another key. */
    private boolean isBetweenKeys(Position position) {
        return position.compareTo(table.otherKeyAt()) > 0 && position.compareTo(table.keyedSince()) < 0;
    }

    private boolean hasKeyOf(RowChange change) {
        return change.key().isEmpty()
                || sameKeys.computeIfAbsent(change.key(), key -> {
                    Set<String> names = key.stream().map(SnowflakeName::fold).collect(Collectors.toSet());
                    return names.equals(Set.copyOf(table.keyColumns()));
                });
    }

    /**
     * The change as the apply procedure reads it, without the columns that the table lacks. A change of the key is two: a
     * delete of the old and a write of the new. A date that is none is null in the row, and in the key makes the row unfit.
     * From before the table got its key, nothing counts: a snapshot brings all rows anew. Nor does what is left of a table that
     * was dropped here, too.
     */
    Fitting of(RowChange change) {
        if (change.position().compareTo(table.keyedSince()) < 0 || table.isGone()) {
            return new Fitting(List.of(), null);
        }
        List<JsonNode> key = key(change.image());
        if (key == null) {
            return new Fitting(
                    List.of(),
                    new UnfitChange(
                            NOT_AN_EVENT,
                            "The event's row lacks a column of the key (" + String.join(", ", table.keyColumns())
                                    + ")"));
        }
        List<Keyed> changes = new ArrayList<>();
        List<JsonNode> oldKey = change.type() == ChangeType.UPDATE ? key(change.before()) : null;
        // With no date in its key a row was never written.
        if (oldKey != null
                && !oldKey.equals(key)
                && noDatesInKey(change.before()).isEmpty()) {
            changes.add(delete(change, oldKey));
        }
        List<String> wrong = noDatesInKey(change.image());
        if (wrong.isEmpty()) {
            changes.add(
                    change.type() == ChangeType.DELETE ? delete(change, key) : write(change, key, key.equals(oldKey)));
        }
        return new Fitting(changes, wrong.isEmpty() ? null : NoDates.inKey(wrong.get(0)));
    }

    private List<String> noDatesInKey(ObjectNode image) {
        return NoDates.in(image, name -> named(name).isDate() && named(name).keyIndex() >= 0);
    }

    private Keyed write(RowChange change, List<JsonNode> key, boolean update) {
        ObjectNode image = change.after();
        List<String> noDates = NoDates.in(image, name -> named(name).isDate());
        String operation = change.snapshot() ? "snapshot" : update ? "update" : "insert";
        String json = RowJson.write(head(change, false, operation), NoDates.without(noDates, image), this::column);
        return new Keyed(key, change.position(), false, json, noDates.size());
    }

    /** A row that stays, marked as deleted, is written as it was: the change that wrote it may come later. */
    private Keyed delete(RowChange change, List<JsonNode> key) {
        ObjectNode image = change.before();
        RowJson.Head head = head(change, true, "delete");
        if (!table.keepsDeletedRows()) {
            return new Keyed(key, change.position(), true, RowJson.write(head, image, this::keyColumn), 0);
        }
        List<String> noDates = NoDates.in(image, name -> named(name).isDate());
        String json = RowJson.write(head, NoDates.without(noDates, image), this::column);
        return new Keyed(key, change.position(), true, json, noDates.size());
    }

    private RowJson.Head head(RowChange change, boolean deleted, String operation) {
        return new RowJson.Head(
                change.position().toString(),
                deleted,
                table.tellsWhen() ? Moments.text(change.committed()) : null,
                table.tellsWhat() ? operation : null);
    }

    /** The values of the key; null if one is missing. */
    private List<JsonNode> key(ObjectNode image) {
        JsonNode[] key = new JsonNode[table.keyColumns().size()];
        int found = 0;
        for (var column : image.properties()) {
            int index = named(column.getKey()).keyIndex();
            if (index >= 0) {
                found += key[index] == null ? 1 : 0;
                key[index] = column.getValue();
            }
        }
        return found == key.length ? Arrays.asList(key) : null;
    }

    private String column(String mysqlName) {
        Column column = named(mysqlName);
        return column.keyIndex() == NOT_THERE ? null : column.name();
    }

    private String keyColumn(String mysqlName) {
        Column column = named(mysqlName);
        return column.keyIndex() < 0 ? null : column.name();
    }

    private Column named(String mysqlName) {
        return columns.computeIfAbsent(mysqlName, any -> {
            String name = SnowflakeName.fold(any);
            int keyIndex = table.keyColumns().indexOf(name);
            return new Column(
                    name,
                    keyIndex >= 0 ? keyIndex : table.columns().contains(name) ? NOT_IN_KEY : NOT_THERE,
                    table.dateColumns().contains(name));
        });
    }
}
