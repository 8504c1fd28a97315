package floe.snowflake;

/** A table that Floe cannot mirror as it is defined or configured. */
public class WrongTable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the table, what is wrong with it and what would be right */
    public WrongTable(String message) {
        super(message);
    }
}
