package floe.load;

import floe.oversize.OversizeRows;
import floe.progress.LoadProgress;
import floe.snowflake.TableUnready;
import floe.snowflake.Target;
import floe.snowflake.TargetTables;
import floe.snowflake.Warehouse;
import floe.staging.StagedFile;
import floe.staging.StagedLines;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Turns a staged file into the calls and dead letters that load it. May be used by several threads. */
public final class Loader {

    private final LoadSettings settings;
    private final TargetTables tables;
    private final OversizeRows oversize;
    private final LoadProgress progress;
    private boolean checked;

    /**
     * @param warehouse is asked what the Snowflake tables look like
     * @param oversize keeps the rows that events refer to
     * @param progress is told what is done for a file
     */
    public Loader(LoadSettings settings, Warehouse warehouse, OversizeRows oversize, LoadProgress progress) {
        this.settings = settings;
        this.tables = new TargetTables(warehouse);
        this.oversize = oversize;
        this.progress = progress;
    }

    /**
     * Looks in Snowflake at every configured table that has no calls of its own, until all were once found ready, and
     * tells what is wrong with those that are not.
     *
     * @throws floe.snowflake.WarehouseUnwell if Snowflake cannot be asked
     */
    public synchronized void check() {
        List<String> wrong = new ArrayList<>();
        if (!checked) {
            for (Target target : settings.targets().all().stream()
                    .filter(any -> !settings.templates().has(any.source()))
                    .toList()) {
                progress.lookingAt(target.table().toString());
                try {
                    tables.of(target);
                } catch (TableUnready e) {
                    wrong.add(e.getMessage());
                }
            }
        }
        checked = wrong.isEmpty();
        progress.unready(wrong);
    }

    /**
     * The steps that load {@code file}, made as they are asked for.
     *
     * @param content of the file; closed with the steps
     */
    public Steps steps(StagedFile file, InputStream content) {
        return new Steps(
                file,
                new StagedLines(content, settings.lineBytes()),
                gathering(file),
                change -> oversize.fetch(change.reference(), settings.lineBytes()),
                () -> progress.reading(file));
    }

    private Gathering gathering(StagedFile file) {
        if (settings.mode() == Mode.BATCH) {
            return new GatheredByTable(file, settings.targets(), tables, settings.batch());
        }
        var oneRow = new GatheredByTable.Bounds(1, settings.batch().bytes());
        return new CalledByRow(
                file,
                settings.targets(),
                tables,
                settings.templates(),
                settings.rowSnapshots(),
                progress.calledRows(),
                new GatheredByTable(file, settings.targets(), tables, oneRow));
    }
}
