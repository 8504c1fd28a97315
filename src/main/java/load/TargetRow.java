package load;

import static change.UnfitChange.Reason.NOT_AN_EVENT;

import change.ChangeType;
import change.RowChange;
import change.UnfitChange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snowflake.SnowflakeName;
import snowflake.TableUnready;
import snowflake.TargetTable;
import staging.StagedLine;

/** A change of a row in the terms of its Snowflake table. */
final class TargetRow {

    private TargetRow() {}

    /** The columns that the change names and the table lacks, as MySQL spells them. */
    static List<String> lacking(TargetTable table, RowChange change) {
        return change.image().properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !table.columns().contains(SnowflakeName.fold(name)))
                .toList();
    }

    /**
     * The change as the apply procedure reads it. A change of the key is two: a delete of the old and a write of the new.
     *
     * @throws UnfitChange if a column of the key is missing
     * @throws TableUnready if the table lacks a column that the change names
     */
    static List<String> json(TargetTable table, RowChange change, StagedLine line) {
        List<String> lacking = lacking(table, change);
        if (!lacking.isEmpty()) {
            throw new TableUnready("Line " + line.number() + " names the column " + lacking.get(0)
                    + ", which the Snowflake table " + table.name() + " was not set up for; run 'floe setup'");
        }
        String position = change.position().toString();
        Map<String, JsonNode> key = key(table, change.image());
        if (key.size() < table.keyColumns().size()) {
            throw new UnfitChange(
                    NOT_AN_EVENT,
                    "The event's row lacks a column of the key (" + String.join(", ", table.keyColumns()) + ")");
        }
        if (change.type() == ChangeType.DELETE) {
            return List.of(delete(position, change.before(), table));
        }
        String write = RowJson.write(position, false, change.after(), table.columns());
        boolean moved = change.type() == ChangeType.UPDATE && hasOtherKey(change.before(), table, key);
        return moved ? List.of(delete(position, change.before(), table), write) : List.of(write);
    }

    private static boolean hasOtherKey(ObjectNode before, TargetTable table, Map<String, JsonNode> key) {
        Map<String, JsonNode> old = key(table, before);
        return old.size() == key.size() && !old.equals(key);
    }

    private static String delete(String position, ObjectNode image, TargetTable table) {
        return RowJson.write(position, true, image, Set.copyOf(table.keyColumns()));
    }

    private static Map<String, JsonNode> key(TargetTable table, ObjectNode image) {
        Map<String, JsonNode> key = new HashMap<>();
        image.properties().forEach(column -> {
            String name = SnowflakeName.fold(column.getKey());
            if (table.keyColumns().contains(name)) {
                key.put(name, column.getValue());
            }
        });
        return key;
    }
}
