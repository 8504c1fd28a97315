package floe.binlog;

/** Capture cannot go on as things are; it is tried again. The message is for the person on call. */
final class CaptureFailed extends Exception {

    private static final long serialVersionUID = 1L;

    CaptureFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
