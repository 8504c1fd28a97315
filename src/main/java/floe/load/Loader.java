package floe.load;

import floe.change.TableId;
import floe.ledger.Arrivals;
import floe.ledger.Gap;
import floe.ledger.Ledger;
import floe.oversize.OversizeRows;
import floe.progress.LoadProgress;
import floe.progress.Pauses;
import floe.snowflake.Rereads;
import floe.snowflake.TableUnready;
import floe.snowflake.Target;
import floe.snowflake.TargetTables;
import floe.snowflake.Warehouse;
import floe.staging.Listing;
import floe.staging.Spool;
import floe.staging.StagedFile;
import floe.staging.StagedLines;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a staged file into the calls and dead letters that load it. May be used by several threads. */
public final class Loader {

    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    /** Between two looks at tables that are not ready: one that nobody mends is no reason for a warehouse to stay awake. */
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(15));

    private final LoadSettings settings;
    private final Warehouse warehouse;
    private final TargetTables tables;
    private final OversizeRows oversize;
    private final LoadProgress progress;
    private final Ledger ledger;
    private final Rereads rereads;
    private final UnfitRows misfits;
    private final TablesLeft left = new TablesLeft();
    private boolean checked;
    private List<TableUnready> wrong = List.of();
    private Duration pause = Duration.ZERO;
    private long looked = System.nanoTime();

    /**
     * @param warehouse is asked what the Snowflake tables look like
     * @param rereads has sources read again whose tables someone replaced
     * @param oversize keeps the rows that events refer to
     * @param ledger keeps what has arrived
     * @param progress is told what is done for a file
     */
    public Loader(
            LoadSettings settings,
            Warehouse warehouse,
            Rereads rereads,
            OversizeRows oversize,
            Ledger ledger,
            LoadProgress progress) {
        this.settings = settings;
        this.warehouse = warehouse;
        this.tables = new TargetTables(warehouse, rereads);
        this.rereads = rereads;
        this.oversize = oversize;
        this.ledger = ledger;
        this.progress = progress;
        this.misfits = new UnfitRows(settings.mostUnfit());
    }

    /**
     * Looks in Snowflake at every table that the settings name in full and that has no calls of its own, until all were once
     * found ready, and tells what is wrong with those that are not. While some are not, it looks less and less often: a change of
     * such a table has it looked at by itself, as one that only a pattern means.
     *
     * @throws floe.snowflake.WarehouseUnwell if Snowflake cannot be asked, or does not let Floe in
     */
    public synchronized void check() {
        warehouse.checkLogin();
        if (!checked && System.nanoTime() - looked >= pause.toNanos()) {
            long begun = System.nanoTime();
            wrong = lookAtAll();
            looked = begun;
            pause = PAUSES.after(pause);
        }
        // Those for which a change came meanwhile may have been found ready.
        wrong = wrong.stream()
                .filter(one -> !tables.wasReadySince(one.source(), looked))
                .toList();
        checked = wrong.isEmpty();
        progress.unready(wrong);
    }

    private List<TableUnready> lookAtAll() {
        List<TableUnready> found = new ArrayList<>();
        for (TableId source : settings.targets().named()) {
            if (!settings.templates().has(source)) {
                look(source).ifPresent(found::add);
            }
        }
        return found;
    }

    /** What is wrong with the table of this source; nothing if it is ready. */
    private Optional<TableUnready> look(TableId source) {
        try {
            Target target = settings.targets().of(source).orElseThrow();
            progress.lookingAt(target.table().toString());
            tables.of(target);
            progress.met(source);
            return Optional.empty();
        } catch (TableUnready e) {
            return Optional.of(e);
        }
    }

    /**
     * The steps that load {@code file}, made as they are asked for, once all of it is read. Where it was read to its end before, they
     * are those for the tables that were not ready then.
     *
     * @param object the content of the file as it comes from S3; closed when this returns or throws
     * @throws java.io.UncheckedIOException if it cannot be read to its end
     */
    public Steps steps(StagedFile file, InputStream object) {
        InputStream content = Spool.read(object, () -> progress.reading(file));
        return new Steps(
                file,
                new StagedLines(content, settings.lineBytes()),
                gathering(file),
                change -> oversize.fetch(change.reference(), settings.lineBytes()),
                mark -> ledger.note(file.key(), mark),
                () -> progress.reading(file),
                left);
    }

    /**
     * Keeps that all lines of the file have arrived; when this returns, a crash does not change it.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not take it
     */
    public void keepMarks(StagedFile file) {
        ledger.keep(file.key());
    }

    /** Forgets what was read of a file that is gone: whoever has loaded it has kept that. */
    public void forgetMarks(StagedFile file) {
        ledger.forget(file.key());
    }

    /** Looks at what has arrived at all loaders, and has tables read again of which lines are missing. */
    public void arrived(Listing listing) {
        ledger.refresh(listing.allLoaded());
        Arrivals arrivals = ledger.arrivals();
        List<Gap> readAgain =
                arrivals.missing().stream().filter(this::isReadAgain).toList();
        for (Gap gap : readAgain) {
            LOG.warn("{}; these tables are read again: {}", gap, TableId.some(gap.tables()));
            ledger.settle(gap);
        }
        progress.arrived(readAgain.isEmpty() ? arrivals : ledger.arrivals());
    }

    private boolean isReadAgain(Gap gap) {
        return gap.tables() != null && gap.tables().stream().allMatch(table -> isReadAgain(table, gap));
    }

    private boolean isReadAgain(TableId table, Gap gap) {
        return rereads.lacking(table, gap.run() + " " + gap.lane() + " " + gap.from())
                .map(Rereads.Lacking::comes)
                .orElse(true);
    }

    private Gathering gathering(StagedFile file) {
        if (settings.mode() == Mode.BATCH) {
            return new GatheredByTable(file, settings.targets(), tables, settings.batch(), misfits);
        }
        var oneRow = new GatheredByTable.Bounds(1, settings.batch().bytes());
        return new CalledByRow(
                file,
                settings.targets(),
                tables,
                settings.templates(),
                settings.rowSnapshots(),
                progress.calledRows(),
                new GatheredByTable(file, settings.targets(), tables, oneRow, misfits));
    }
}
