package floe.debezium;

import floe.capture.CaptureFailed;
import io.debezium.DebeziumException;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;

/** How the engine ended, as its completion callback tells. */
final class EngineEnd {

    private boolean success = true;
    private String message;
    private Throwable error;
    private String lost;

    /** Says why the engine is about to be closed, which it would otherwise call a success. */
    synchronized void lost(String reason) {
        lost = reason;
    }

    synchronized void handle(boolean endedWell, String endMessage, Throwable endError) {
        success = endedWell;
        message = endMessage;
        error = endError;
    }

    /**
     * Throws if the engine died.
     *
     * @throws CaptureFailed with the reason that lies deepest, if that is Floe's, Debezium's, or the connection's
     * @throws IllegalStateException with the failure as its cause, if nobody foresaw it
     */
    synchronized void check() {
        if (lost != null) {
            throw new CaptureFailed(lost);
        }
        if (success) {
            return;
        }
        if (error == null) {
            throw new CaptureFailed(message);
        }
        Throwable deepest = error;
        for (Throwable cause = error; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause instanceof CaptureFailed foreseen) {
                throw foreseen;
            }
            deepest = cause;
        }
        if (isForeseen(deepest) && deepest.getMessage() != null) {
            throw new CaptureFailed(deepest.getMessage(), error);
        }
        throw new IllegalStateException("The engine has died", error);
    }

    /** Whether its message is one that Debezium, the driver or the client of the binlog means for people. */
    private static boolean isForeseen(Throwable failure) {
        return failure instanceof DebeziumException
                || failure instanceof ConnectException
                || failure instanceof SQLException
                || failure instanceof IOException;
    }
}
