package floe.progress;

/** What load does with a table. */
enum TableState {
    /** Its changes are applied as they come. */
    READY,
    /** The same, and a snapshot of it has begun and not ended. */
    READING,
    /** Changes of it wait for something that comes by itself. */
    WAITING,
    /** Changes of it wait for an operator. */
    SET_ASIDE;

    /** As people and meters are shown it. */
    String text() {
        return switch (this) {
            case READY -> "ready";
            case READING -> "reading";
            case WAITING -> "waiting";
            case SET_ASIDE -> "set aside";
        };
    }
}
