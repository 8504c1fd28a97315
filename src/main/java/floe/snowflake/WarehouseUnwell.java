package floe.snowflake;

/** Snowflake is not as it should be: not the fault of any change, and worth trying again later. */
public class WarehouseUnwell extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names what is wrong and the way out; nothing from a row */
    public WarehouseUnwell(String message) {
        super(message);
    }

    public WarehouseUnwell(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param traced whether its stack trace is worth what it costs */
    WarehouseUnwell(String message, boolean traced) {
        super(message, null, true, traced);
    }
}
