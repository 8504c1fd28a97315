package floe.templates;

import floe.change.TableId;
import floe.snowflake.TableUnready;

/**
 * A call template that does not fit the events of its table, or one that is missing: only a line shows it. The table waits
 * until an operator mends the setting; others go on.
 */
public class WrongTemplate extends TableUnready {

    private static final long serialVersionUID = 1L;

    /**
     * @param source the table in MySQL
     * @param message names the setting and what is wrong with it; nothing from a row
     */
    public WrongTemplate(TableId source, String message) {
        super(source, message);
    }
}
