package floe.snowflake;

import floe.change.Position;
import floe.change.TableId;

/** One table cannot take changes before an event tells of its shape, or a change of it has ended: nobody need act. */
public class TableWaits extends TableUnready {

    private static final long serialVersionUID = 1L;

    private final transient Position dropped;

    /**
     * @param source the table in MySQL
     * @param message names the table, what it waits for and what to do if that does not come; nothing from a row
     */
    public TableWaits(TableId source, String message) {
        this(source, message, null);
    }

    /** @param dropped of a table that was not made yet, where it was dropped last; null if no event has told of that */
    TableWaits(TableId source, String message, Position dropped) {
        super(source, message);
        this.dropped = dropped;
    }

    /** Whether the table was dropped behind that position, and never made here. */
    public boolean isDroppedBehind(Position position) {
        return dropped != null && dropped.compareTo(position) > 0;
    }
}
