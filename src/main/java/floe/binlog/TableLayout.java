package floe.binlog;

import floe.change.MadeKey;
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
    private final MadeKey made;

    /**
     * A table of these columns.
     *
     * @param key the places of the key's columns among {@code columns}, in the order of the key; never empty
     */
    public TableLayout(TableId id, List<ColumnLayout> columns, int... key) {
        this(id, columns, null, key);
    }

    /** A table of these columns, and the key that Floe makes. */
    public TableLayout(TableId id, List<ColumnLayout> columns, MadeKey made) {
        this(id, columns, made, new int[0]);
    }

    private TableLayout(TableId id, List<ColumnLayout> columns, MadeKey made, int[] key) {
        this.id = id;
        this.columns = List.copyOf(columns);
        this.made = made;
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

    /** The key that Floe makes for it; null if it has one of its own. */
    public MadeKey made() {
        return made;
    }

    /** The places of the key's columns, in the order of the key; none of a key that Floe makes. */
    public int[] key() {
        return key.clone();
    }
}
