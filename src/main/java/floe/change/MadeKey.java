package floe.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The key that Floe makes for the rows of a table which has none: one column more, behind those of the source.
 * docs/loading.md says how its values come to be.
 */
public enum MadeKey {
    /** A hash of all values of the row: rows that are equal in all of them are one. */
    HASH("_row_hash", 64),
    /** A name for each writing of a row, so that each is a row of its own. */
    APPEND("_row_id", 128);

    private final String column;
    private final long length;

    MadeKey(String column, long length) {
        this.column = column;
        this.length = length;
    }

    /** The column that it consists of. */
    public Column column() {
        return Column.named(column, "varchar")
                .length(length)
                .nullable(false)
                .charset("ascii")
                .build();
    }

    /** As events and settings call it. */
    public String eventName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that events call so, or nothing if there is none. */
    static Optional<MadeKey> named(String eventName) {
        return Arrays.stream(values())
                .filter(made -> made.eventName().equals(eventName))
                .findFirst();
    }
}
