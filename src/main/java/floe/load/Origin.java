package floe.load;

import floe.change.TableId;

/**
 * Where the changes of a call come from.
 *
 * @param table the MySQL table
 * @param committed when the oldest of them was committed, in milliseconds since 1970; 0 if that is not known, as of rows
 *     of a snapshot and of legacy events
 */
public record Origin(TableId table, long committed) {

    /** The older of two times of commit, where 0 is one that is not known. */
    static long older(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
