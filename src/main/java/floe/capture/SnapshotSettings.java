package floe.capture;

import floe.settings.DailyHours;
import floe.settings.Settings;
import java.time.Duration;

/**
 * How tables are read beside the binlog.
 *
 * @param reread whether tables that are not equal to their copies are read again by themselves
 * @param readers how many tables, or parts of tables, are read at the same time; from 1
 * @param rowsPerSecond that are read at most; 0 for as many as go
 * @param longestLag beyond which nothing is read until the stream has caught up
 * @param hours of the day in which something is read
 * @param wholeRows of a table without an index that orders it, which is read by one statement
 * @param wholeBytes of such a table
 */
public record SnapshotSettings(
        Reread reread,
        int readers,
        int rowsPerSecond,
        Duration longestLag,
        DailyHours hours,
        int wholeRows,
        int wholeBytes) {

    /** What a process has that does not capture. */
    static final SnapshotSettings NONE =
            new SnapshotSettings(Reread.ASK, 1, 0, Duration.ofSeconds(1), DailyHours.ALWAYS, 1, 1);

    private static final int MOST_READERS = 64;

    /** What capture.reread may hold. */
    enum Reread {
        AUTO,
        ASK
    }

    /**
     * Reads the settings under {@code capture} that concern snapshots.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    static SnapshotSettings read(Settings settings) {
        return new SnapshotSettings(
                settings.oneOf("capture.reread", Reread.class),
                settings.number("capture.snapshot-readers", 1, MOST_READERS),
                settings.number("capture.snapshot-rows-per-second", 0, Integer.MAX_VALUE),
                settings.duration("capture.snapshot-longest-lag"),
                DailyHours.read(settings, "capture.snapshot-hours"),
                settings.number("capture.snapshot-whole-rows", 0, Integer.MAX_VALUE),
                settings.number("capture.snapshot-whole-bytes", 0, Integer.MAX_VALUE));
    }
}
