package floe.snowflake;

/** One table cannot take changes before an operator acts; others can. */
public class TableUnready extends WarehouseUnwell {

    private static final long serialVersionUID = 1L;

    /** @param message names the table, what it lacks and the way out; nothing from a row */
    public TableUnready(String message) {
        super(message);
    }
}
