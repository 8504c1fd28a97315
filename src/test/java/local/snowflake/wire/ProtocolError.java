package local.snowflake.wire;

/** A request refused before any SQL: its session or its login is not good. */
final class ProtocolError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    private ProtocolError(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }

    static ProtocolError wrongPassword() {
        return new ProtocolError(390100, "Incorrect username or password was specified.");
    }

    static ProtocolError wrongToken() {
        return new ProtocolError(390144, "JWT token is invalid.");
    }

    static ProtocolError unknownSession() {
        return new ProtocolError(390104, "Session token not found or invalid. It may have been expired or terminated.");
    }

    static ProtocolError expiredSession() {
        return new ProtocolError(390112, "Your session has expired. Please login again.");
    }

    static ProtocolError expiredMaster() {
        return new ProtocolError(390114, "Authentication token has expired. The user must authenticate again.");
    }
}
