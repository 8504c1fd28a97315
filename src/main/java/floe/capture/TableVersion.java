package floe.capture;

import floe.change.TableId;
import java.util.List;

/**
 * A captured table from one change of its definition to the next, as its rows are read. All rows of a version have the same
 * one: whoever makes something for it once tells versions apart by identity.
 */
public final class TableVersion {

    private final TableId id;
    private final List<Column> columns;
    private final int[] key;

    /**
     * A table of these columns.
     *
     * @param key the places of the key's columns among {@code columns}, in the order of the key; empty if there is none
     */
    public TableVersion(TableId id, List<Column> columns, int... key) {
        this.id = id;
        this.columns = List.copyOf(columns);
        this.key = key.clone();
    }

    /** Its name. */
    public TableId id() {
        return id;
    }

    /** The columns, in the order of the cells. */
    public List<Column> columns() {
        return columns;
    }

    /** The places of the key's columns, in the order of the key; empty if it has none. */
    public int[] key() {
        return key.clone();
    }
}
