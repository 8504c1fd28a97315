package floe.mysql;

import floe.change.TableId;

/**
 * Something about the source that keeps Floe from copying it, or may do so.
 *
 * @param table that it is about; null if it is about the server
 * @param what the setting, privilege or table
 * @param isValue what it is now
 * @param shouldBe what it should be
 * @param howToFix what to do
 */
public record Finding(TableId table, Severity severity, String what, String isValue, String shouldBe, String howToFix) {

    /** What a finding means for the start. */
    public enum Severity {
        /** Changes would be lost or wrong: capture does not start, or starts without the table that it is about. */
        STOP,
        /** Capture starts; some operations on the source would stop it, or make a table diverge, later. */
        WARN
    }

    static Finding stop(String what, String isValue, String shouldBe, String howToFix) {
        return new Finding(null, Severity.STOP, what, isValue, shouldBe, howToFix);
    }

    static Finding warn(String what, String isValue, String shouldBe, String howToFix) {
        return new Finding(null, Severity.WARN, what, isValue, shouldBe, howToFix);
    }

    /** The same about a table. */
    Finding of(TableId table) {
        return new Finding(table, severity, what, isValue, shouldBe, howToFix);
    }

    /** One sentence, without a full stop. */
    @Override
    public String toString() {
        return what + " is " + isValue + " and should be " + shouldBe + ": " + howToFix;
    }
}
