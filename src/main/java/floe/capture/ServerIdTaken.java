package floe.capture;

/** Somebody else reads the binlog with the same server id: whoever comes again at once only throws the other one out. */
public final class ServerIdTaken extends CaptureFailed {

    private static final long serialVersionUID = 1L;

    /** @param message for an operator */
    public ServerIdTaken(String message) {
        super(message);
    }
}
