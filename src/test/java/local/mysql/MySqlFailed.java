package local.mysql;

/** MySQL could not be had on this machine, did not start or refused a statement; the message says what to do. */
public class MySqlFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MySqlFailed(String message) {
        super(message);
    }

    MySqlFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
