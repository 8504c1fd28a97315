package floe.binlog;

import floe.change.TableId;
import java.util.List;

/**
 * A table as its rows lie in the binlog, from one change of its definition to the next. All rows of a version have the same
 * one: whoever makes something for it once tells versions apart by identity.
 */
public final class TableLayout {

    private final TableId id;
    private final List<ColumnLayout> columns;
    private final int[] key;

    /**
     * A table of these columns.
     *
     * @param key the places of the key's columns among {@code columns}, in the order of the key; never empty
     */
    public TableLayout(TableId id, List<ColumnLayout> columns, int... key) {
        this.id = id;
        this.columns = List.copyOf(columns);
        this.key = key.clone();
    }

    /** Its name. */
    public TableId id() {
        return id;
    }

    /** The columns, in the order of the cells. */
    public List<ColumnLayout> columns() {
        return columns;
    }

    /** The places of the key's columns, in the order of the key. */
    public int[] key() {
        return key.clone();
    }
}
