package floe.mysql;

import floe.change.TableId;
import java.util.List;

/**
 * A MySQL table as it is defined now.
 *
 * @param columns in the table's order
 * @param keyColumns the names of the primary key's columns in the key's order, or of the unique key of NOT NULL columns
 *     that MySQL takes in its place; empty if there is neither
 */
public record SourceTable(TableId id, List<SourceColumn> columns, List<String> keyColumns) {

    public SourceTable {
        columns = List.copyOf(columns);
        keyColumns = List.copyOf(keyColumns);
    }
}
