package floe.load;

import floe.change.TableId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many changes of each table may still be found unfit. Where nearly all are, something is wrong with the table
 * rather than with them, and it is to stop before a million dead letters are written. A change that fits pays for one
 * that does not. May be used by several threads.
 */
public final class UnfitRows {

    private final int most;
    private final Map<TableId, Integer> found = new ConcurrentHashMap<>();

    /** @param most of a table, beyond those that fit; from 0 */
    public UnfitRows(int most) {
        this.most = most;
    }

    /** How many of the next call may be unfit. */
    int allowed(TableId table) {
        return Math.max(0, most - found.getOrDefault(table, 0));
    }

    /**
     * So many of a call were.
     *
     * @param of how many it held
     */
    void found(TableId table, int unfit, int of) {
        int more = unfit - (of - unfit);
        found.compute(table, (any, sofar) -> {
            long sum = (sofar == null ? 0L : sofar) + more;
            return sum <= 0 ? null : (Integer) (int) Math.min(most, sum);
        });
    }
}
