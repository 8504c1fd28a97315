package floe.mysql;

/** A table that MySQL does not show to this user; the message names it and those spelled alike. */
public final class NoSuchTable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchTable(String message) {
        super(message);
    }
}
