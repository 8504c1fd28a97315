package floe.snapshot;

/** One table cannot be read by its snapshot; others can. The message says why, without any value of a row. */
final class TableNotRead extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean again;

    /** @param again whether it can be read from its beginning, as it only became another one */
    TableNotRead(String why, boolean again) {
        super(why);
        this.again = again;
    }

    /** Whether it can be read from its beginning, as it only became another one. */
    boolean again() {
        return again;
    }
}
