package floe.ledger;

import floe.change.TableId;
import java.util.List;

/**
 * Marks with contiguous numbers that Kinesis stored and that have not arrived, nor have the lines behind them.
 *
 * @param run whose marks they are
 * @param lane of the stream
 * @param from the lowest number
 * @param to the highest number
 * @param after the last heartbeat of the lane that arrived and lies before; null if there is none
 * @param before the first heartbeat that acknowledged the numbers: one of the lane, or one of the next run
 * @param tables whose lines they may be; null if it can be any
 */
public record Gap(String run, int lane, long from, long to, Moment after, Moment before, List<TableId> tables) {

    public Gap {
        tables = tables == null ? null : List.copyOf(tables);
    }

    /** For people. */
    @Override
    public String toString() {
        return count() + (count() == 1 ? " record" : " records") + " of lane " + lane
                + " of the stream, put on it between " + (after == null ? "the beginning of the run " + run : after)
                + " and " + before + ", did not arrive";
    }

    /** How many numbers are missing. */
    public long count() {
        return to - from + 1;
    }
}
