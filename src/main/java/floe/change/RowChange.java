package floe.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A change of one row.
 *
 * @param type {@link ChangeType#WRITE}, {@link ChangeType#UPDATE} or {@link ChangeType#DELETE}
 * @param before the row as it was, by column name; null for a write
 * @param after the row as it is, by column name; null for a delete
 * @param snapshot whether the row was read by a snapshot rather than from the binlog
 * @param committed when the change was committed, in milliseconds since 1970; 0 if that is not known, as of rows of a
 *     snapshot and of legacy events
 * @param key the names of the key's columns; empty if the event does not say, as legacy ones
 */
public record RowChange(
        TableId table,
        ChangeType type,
        ObjectNode before,
        ObjectNode after,
        Position position,
        boolean snapshot,
        long committed,
        List<String> key)
        implements Change {

    public RowChange {
        key = List.copyOf(key);
    }

    /** The newest image that the change carries: of a delete the row as it was, otherwise as it is. */
    public ObjectNode image() {
        return type == ChangeType.DELETE ? before : after;
    }
}
