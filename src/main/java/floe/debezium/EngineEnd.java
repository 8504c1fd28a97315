package floe.debezium;

import floe.capture.CaptureFailed;

/** How the engine ended, as its completion callback tells. */
public final class EngineEnd {

    private boolean success = true;
    private String message;
    private Throwable error;
    private String lost;

    /** Says why the engine is about to be closed, which it would otherwise call a success. */
    public synchronized void lost(String reason) {
        lost = reason;
    }

    public synchronized void handle(boolean endedWell, String endMessage, Throwable endError) {
        success = endedWell;
        message = endMessage;
        error = endError;
    }

    /** Throws if the engine died, with the reason that lies deepest. */
    public synchronized void check() throws CaptureFailed {
        if (lost != null) {
            throw new CaptureFailed(lost, null);
        }
        if (success) {
            return;
        }
        Throwable deepest = error;
        while (deepest != null && deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        throw new CaptureFailed(
                deepest == null || deepest.getMessage() == null ? message : deepest.getMessage(), error);
    }
}
