package floe.load;

import floe.change.Position;

/**
 * What ends all rows of a table that are older.
 *
 * @param position below it nothing counts any more
 * @param committed when that was so in MySQL, in milliseconds since 1970; 0 if that is not known
 */
record Floor(Position position, long committed) {

    /** The fields of a batch that tell of it; apply.sql describes the form. */
    String json() {
        String at = Moments.text(committed);
        return "\"floor\":\"" + position + "\"," + (at == null ? "" : "\"floor_at\":\"" + at + "\",");
    }
}
