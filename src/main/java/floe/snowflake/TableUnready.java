package floe.snowflake;

import floe.change.TableId;

/** One table cannot take changes before an operator acts, unless it is a {@link TableWaits}; others can. */
public class TableUnready extends WarehouseUnwell {

    private static final long serialVersionUID = 1L;

    private final transient TableId source;

    /**
     * @param source the table in MySQL
     * @param message names the table, what it lacks and the way out; nothing from a row
     */
    public TableUnready(TableId source, String message) {
        // A file may hold changes of thousands of tables, each of them unready.
        super(message, false);
        this.source = source;
    }

    /** The table in MySQL. */
    public TableId source() {
        return source;
    }
}
