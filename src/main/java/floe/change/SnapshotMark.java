package floe.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a snapshot of one table is: it begins before its first row, and ends once on each lane of the stream, behind the
 * rows of that lane, or is cancelled.
 *
 * @param step what is told
 * @param lane of an end, the lane that it closes, from 0 and below {@code lanes}; otherwise 0
 * @param lanes of an end, how many lanes the stream has, from 1; otherwise 0
 */
public record SnapshotMark(Step step, int lane, int lanes) {

    /** What is told of a snapshot. */
    public enum Step {
        /** Rows at its position may come from now on. */
        BEGIN,
        /** Of one lane, all rows have come. */
        END,
        /** No more rows will come, and those that came are not all. */
        CANCELLED;

        /** As events spell it. */
        public String eventName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Step> named(String eventName) {
            return Arrays.stream(values())
                    .filter(step -> step.eventName().equals(eventName))
                    .findFirst();
        }
    }

    /** The greatest number of lanes. */
    private static final int MOST_LANES = 1_000_000;

    /** The end of a snapshot whose event names no lane, as Floe 0.1 wrote it. */
    static final SnapshotMark WHOLE_END = end(0, 1);

    public SnapshotMark {
        boolean fits = step == Step.END ? lane >= 0 && lane < lanes && lanes <= MOST_LANES : lane == 0 && lanes == 0;
        if (!fits) {
            throw new IllegalArgumentException(
                    "lane " + lane + " of " + lanes + " is none of a snapshot's " + step.eventName());
        }
    }

    /** Before the first row. */
    public static SnapshotMark begin() {
        return new SnapshotMark(Step.BEGIN, 0, 0);
    }

    /** Behind the rows of one lane. */
    public static SnapshotMark end(int lane, int lanes) {
        return new SnapshotMark(Step.END, lane, lanes);
    }

    /** It was given up. */
    public static SnapshotMark cancelled() {
        return new SnapshotMark(Step.CANCELLED, 0, 0);
    }

    /** Whether this is the end of the last of the lanes, by their numbers. */
    public boolean isLastLane() {
        return step == Step.END && lane == lanes - 1;
    }
}
