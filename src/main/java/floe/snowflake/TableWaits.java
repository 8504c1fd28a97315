package floe.snowflake;

import floe.change.TableId;

/** One table cannot take changes before an event tells of its shape, or a change of it has ended: nobody need act. */
public class TableWaits extends TableUnready {

    private static final long serialVersionUID = 1L;

    /**
     * @param source the table in MySQL
     * @param message names the table, what it waits for and what to do if that does not come; nothing from a row
     */
    public TableWaits(TableId source, String message) {
        super(source, message);
    }
}
