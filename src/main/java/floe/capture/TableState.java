package floe.capture;

/** What capture does with a table. */
enum TableState {
    /** Its changes are read from the binlog, and its copy is equal to it as far as the binlog tells. */
    STREAMING,
    /** The same, and a snapshot reads its rows. */
    READING,
    /** The same, and its copy is not equal to it until it is read. */
    DIVERGED,
    /** Nothing of it is read. */
    SET_ASIDE;

    /** As people and meters are shown it. */
    String text() {
        return switch (this) {
            case STREAMING -> "streaming";
            case READING -> "reading";
            case DIVERGED -> "diverged";
            case SET_ASIDE -> "set aside";
        };
    }
}
