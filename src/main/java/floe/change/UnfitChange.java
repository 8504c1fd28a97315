package floe.change;

/** A line or a value that cannot be applied as it is, however often it is tried. */
public class UnfitChange extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a change is unfit; the names are the codes that dead letters carry. */
    public enum Reason {
        /** The line is not JSON. */
        NOT_JSON,
        /** The JSON is not a change event. */
        NOT_AN_EVENT,
        /** The event's type is none of those that Floe knows. */
        UNKNOWN_TYPE,
        /** Nobody configured the event's table. */
        UNKNOWN_TABLE,
        /** The event refers to a row that is not where it should be. */
        MISSING_ROW,
        /** The warehouse refuses one of the row's values, or would. */
        REFUSED_VALUE,
        /** It would insert a row, but it is so old that a delete of the row may have been forgotten since. */
        BELOW_HORIZON
    }

    /**
     * @param reason the kind of unfitness
     * @param message names the thing, what it is and what it should be
     */
    public UnfitChange(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The kind of unfitness. */
    public Reason reason() {
        return reason;
    }
}
