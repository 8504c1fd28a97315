package floe.capture;

/** Capture cannot go on as things are; it is tried again. The message is for the person on call. */
public final class CaptureFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public CaptureFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
