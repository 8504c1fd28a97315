package floe.change;

/**
 * Stands in front of the lines of one table in a record of the stream, and counts them: where numbers are missing, lines are.
 *
 * @param table whose lines they are
 * @param position of the line, as of one that carries none
 * @param run what put the record on the stream: an uninterrupted run of capture, by an identifier of at most {@value #LONGEST_RUN}
 *     characters
 * @param lane of the stream, from 0
 * @param number of the mark on its lane, from 1: within a run they are contiguous
 * @param heartbeat what the mark tells beside, where no lines follow it; otherwise null
 */
public record RecordMark(TableId table, Position position, String run, int lane, long number, Heartbeat heartbeat)
        implements Change {

    /** The longest identifier of a run. */
    public static final int LONGEST_RUN = 64;

    /** The greatest number of a lane. */
    public static final int LAST_LANE = 1_000_000;

    public RecordMark {
        if (run.isEmpty() || run.length() > LONGEST_RUN || lane < 0 || lane > LAST_LANE || number < 1) {
            throw new IllegalArgumentException(
                    "number " + number + " on lane " + lane + " of the run '" + run + "' is none of a record");
        }
    }

    /** That of a legacy event that tells nothing: loaders that know of no marks take it for one. */
    @Override
    public ChangeType type() {
        return ChangeType.QUERY;
    }
}
