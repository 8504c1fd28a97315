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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the changes of a source table in the terms of its Snowflake table. For one file, hence for one thread. */
final class TargetRows {

    /**
     * A change as the apply procedure reads it.
     *
     * @param key the values of the key columns, in their order
     * @param deleted whether the row goes, rather than is written
     * @param json apply.sql describes the form
     * @param bytes of {@code json} in UTF-8
     */
    record Keyed(List<JsonNode> key, Position position, boolean deleted, String json, long bytes) {

        Keyed(List<JsonNode> key, Position position, boolean deleted, String json) {
            this(key, position, deleted, json, RowJson.utf8Bytes(json));
        }
    }

    private static final int NOT_THERE = -2;
    private static final int NOT_IN_KEY = -1;

    /** @param keyIndex from 0, or one of the constants */
    private record Column(String name, int keyIndex) {}

    private final TargetTable table;
    /** By their names in MySQL: folding a name costs more than all else that is done to a value. */
    private final Map<String, Column> columns = new HashMap<>();

    TargetRows(TargetTable table) {
        this.table = table;
    }

    /** A column that the change names and the table lacks, as MySQL spells it; null if there is none. */
    String lacking(RowChange change) {
        for (var column : change.image().properties()) {
            if (named(column.getKey()).keyIndex() == NOT_THERE) {
                return column.getKey();
            }
        }
        return null;
    }

    /**
     * The change as the apply procedure reads it, without the columns that the table lacks. A change of the key is two: a
     * delete of the old and a write of the new.
     *
     * @throws UnfitChange if a column of the key is missing
     */
    List<Keyed> of(RowChange change) {
        List<JsonNode> key = key(change.image());
        if (key == null) {
            throw new UnfitChange(
                    NOT_AN_EVENT,
                    "The event's row lacks a column of the key (" + String.join(", ", table.keyColumns()) + ")");
        }
        Position position = change.position();
        if (change.type() == ChangeType.DELETE) {
            return List.of(delete(position, key, change.before()));
        }
        Keyed write = new Keyed(
                key, position, false, RowJson.write(position.toString(), false, change.after(), this::column));
        List<JsonNode> oldKey = change.type() == ChangeType.UPDATE ? key(change.before()) : null;
        return oldKey == null || oldKey.equals(key)
                ? List.of(write)
                : List.of(delete(position, oldKey, change.before()), write);
    }

    private Keyed delete(Position position, List<JsonNode> key, ObjectNode image) {
        return new Keyed(key, position, true, RowJson.write(position.toString(), true, image, this::keyColumn));
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
            return new Column(name, keyIndex >= 0 ? keyIndex : table.columns().contains(name) ? NOT_IN_KEY : NOT_THERE);
        });
    }
}
