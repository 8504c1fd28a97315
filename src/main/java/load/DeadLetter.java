package load;

import change.UnfitChange;
import staging.StagedLine;

/**
 * A line that cannot be applied as it is.
 *
 * @param line its number in its file
 * @param event its text
 * @param reason the code of the reason
 * @param message the reason in words; may quote values of the row
 */
record DeadLetter(long line, String event, UnfitChange.Reason reason, String message) {

    static DeadLetter of(StagedLine line, UnfitChange why) {
        return new DeadLetter(line.number(), line.text(), why.reason(), why.getMessage());
    }
}
