package floe.change;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a MySQL table is defined: what reads MySQL, what writes and reads events, and what makes Snowflake's types all use
 * this one spelling.
 *
 * @param key the names of the primary key's columns in the key's order, or of the unique key of NOT NULL columns that
 *     MySQL takes in its place; empty if there is neither
 * @param columns in the table's order
 * @param made the key that Floe makes, whose column is then the last one; null where the source has the key
 */
public record TableShape(List<String> key, List<Column> columns, MadeKey made) {

    /** One whose columns are all the source's. */
    public TableShape(List<String> key, List<Column> columns) {
        this(key, columns, null);
    }

    /** @throws IllegalArgumentException if two columns have one name, or the key names a column twice or one that is not there */
    public TableShape {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("The shape has two columns of the name " + column.name());
            }
        }
        for (String name : key) {
            if (!names.remove(name)) {
                throw new IllegalArgumentException(
                        "The key names the column " + name + ", which the shape does not have, or not twice");
            }
        }
        if (made != null
                && !(key.equals(List.of(made.column().name()))
                        && columns.indexOf(made.column()) == columns.size() - 1)) {
            throw new IllegalArgumentException("The shape lacks the column of the key that was made for it");
        }
    }

    /** The same columns, and the key that Floe makes. */
    public TableShape keyedBy(MadeKey key) {
        List<Column> all = new ArrayList<>(sourceColumns());
        all.add(key.column());
        return new TableShape(List.of(key.column().name()), all, key);
    }

    /** The columns that the source has. */
    public List<Column> sourceColumns() {
        return made == null ? columns : columns.subList(0, columns.size() - 1);
    }
}
