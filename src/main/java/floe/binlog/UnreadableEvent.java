package floe.binlog;

/** What the binlog holds cannot be read. The message is Floe's own, and repeats no value of any row. */
public final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what cannot be read and why, without any value of a row */
    public UnreadableEvent(String message) {
        super(message);
    }

    /** One that has fewer bytes than it should have. */
    static UnreadableEvent ended() {
        return new UnreadableEvent("an event has fewer bytes than its description says");
    }
}
