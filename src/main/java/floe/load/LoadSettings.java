package floe.load;

import floe.health.Patience;
import floe.settings.Settings;
import floe.snowflake.Targets;
import floe.snowflake.WarehouseSettings;
import floe.templates.CallTemplates;
import java.time.Duration;

/**
 * How staged files are loaded: the settings under {@code load}.
 *
 * @param targets the tables that are mirrored
 * @param mode how changes are applied
 * @param batch how large a call for many changes may be
 * @param lineBytes the longest line that is read
 * @param mostUnfit up to how many changes of a table may become dead letters where nearly all are unfit
 * @param templates the calls of row mode; none in batch mode
 * @param rowSnapshots whether row mode sends tables the rows of snapshots though no template is for their end
 * @param parallelFiles how many files may be loaded at a time
 * @param retries how often a call is repeated while Snowflake is unwell
 * @param retryDelay how long to wait before the first of these
 * @param mostTables up to how many tables have meters of their own
 */
public record LoadSettings(
        Targets targets,
        Mode mode,
        GatheredByTable.Bounds batch,
        int lineBytes,
        int mostUnfit,
        CallTemplates templates,
        boolean rowSnapshots,
        int parallelFiles,
        int retries,
        Duration retryDelay,
        int mostTables) {

    private static final int MOST_RETRIES = 1_000;

    /** What a process has that does not load. */
    private static final LoadSettings NONE = new LoadSettings(
            Targets.none(),
            Mode.BATCH,
            new GatheredByTable.Bounds(1, 1),
            1,
            0,
            CallTemplates.none(),
            false,
            1,
            0,
            Duration.ZERO,
            0);

    /**
     * Reads them.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    public static LoadSettings read(Settings settings) {
        Targets targets = Targets.read(settings);
        Mode mode = Mode.read(settings);
        return new LoadSettings(
                targets,
                mode,
                new GatheredByTable.Bounds(
                        settings.number("load.batch-rows", 1, 1_000_000),
                        settings.number("load.batch-bytes", 1_000, 16_000_000)),
                settings.number("load.line-bytes", 1_000, 128_000_000),
                settings.number("load.most-unfit", 0, 1_000_000_000),
                mode == Mode.ROW ? CallTemplates.read(settings, targets) : CallTemplates.none(),
                settings.flag("load.row-snapshots"),
                WarehouseSettings.parallelFiles(settings),
                settings.number("load.retries", 0, MOST_RETRIES),
                settings.duration("load.retry-delay"),
                settings.number("metrics.most-tables", 0, 100_000));
    }

    /**
     * The same if this process loads; otherwise nothing is read, and nothing wrong.
     *
     * @throws floe.settings.WrongSetting also if a stage that waits for its next poll would be called blocked
     */
    public static LoadSettings ofStage(Settings settings) {
        if (!settings.flag("load.enabled")) {
            return NONE;
        }
        Patience.blockedLongerThan(settings, "load.poll-interval");
        return read(settings);
    }

    /** How many files are loaded at a time: one by one where procedures of someone else's may depend on their order. */
    int fileThreads() {
        return templates.isEmpty() ? parallelFiles : 1;
    }

    /** The delay before the first repeated call, as a route takes it: without a unit. */
    public long retryMillis() {
        return retryDelay.toMillis();
    }
}
