package floe.change;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What happened, under the names that the events carry in their {@code type} field. */
public enum ChangeType {
    /** A row was inserted, or read by a snapshot. */
    WRITE("WriteRowsEvent"),
    /** A row was updated without changing its key. */
    UPDATE("UpdateRowsEvent"),
    /** A row was deleted, or its key changed away. */
    DELETE("DeleteRowsEvent"),
    /** The table's definition changed. */
    QUERY("QueryEvent"),
    /** All rows of the table were removed at once. */
    TRUNCATE("TruncateEvent"),
    /** A snapshot of the table begins, ends on a lane or is cancelled; the position is the one at which it began. */
    SNAPSHOT("SnapshotEvent");

    private static final Map<String, ChangeType> BY_NAME =
            Arrays.stream(values()).collect(toMap(ChangeType::eventName, type -> type));

    private final String eventName;

    ChangeType(String eventName) {
        this.eventName = eventName;
    }

    /** The value of the event's {@code type} field. */
    public String eventName() {
        return eventName;
    }

    /** Whether the change concerns one row rather than the table as a whole. */
    public boolean ofRow() {
        return this == WRITE || this == UPDATE || this == DELETE;
    }

    /** The type that an event calls {@code eventName}, or nothing if there is none. */
    public static Optional<ChangeType> named(String eventName) {
        return Optional.ofNullable(BY_NAME.get(eventName));
    }
}
