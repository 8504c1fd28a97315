package floe.letters;

import floe.change.UnfitChange;
import floe.staging.StagedLine;

/**
 * A line that cannot be applied as it is.
 *
 * @param line its number in its file
 * @param event its text
 * @param reason the code of the reason
 * @param message the reason in words; may quote values of the row
 * @param whole whether {@code event} is what the file holds, rather than a part or an approximation
 */
public record DeadLetter(long line, String event, UnfitChange.Reason reason, String message, boolean whole) {

    /** The line that is unfit for this reason. */
    public static DeadLetter of(StagedLine line, UnfitChange why) {
        return of(line, why.reason(), why.getMessage());
    }

    /** The line, with the reason in code and in words. */
    public static DeadLetter of(StagedLine line, UnfitChange.Reason reason, String message) {
        return new DeadLetter(line.number(), line.text(), reason, message, line.damage() == null);
    }
}
