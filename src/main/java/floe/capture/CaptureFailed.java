package floe.capture;

/** Capture cannot go on as things are, and it was foreseen; it is tried again. The message is for the person on call. */
public class CaptureFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CaptureFailed(String message) {
        super(message);
    }

    public CaptureFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
