package floe.load;

import floe.change.RowReference;
import floe.change.TableId;
import floe.health.Stage;
import floe.oversize.OversizeRows;
import floe.settings.Configured;
import floe.settings.Settings;
import floe.snowflake.TableUnready;
import floe.snowflake.Target;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.staging.StagedFile;
import floe.staging.StagedLines;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.camel.builder.ThreadPoolProfileBuilder;

/** Knows, from the configuration, which steps load a file. */
public class Loader extends Configured {

    private static final int MOST_FILES = 64;

    private Targets targets;
    private KnownShapes shapes;
    private Predicate<TableId> isCalledByTemplate = any -> false;
    private int lineBytes;
    private Function<StagedFile, Gathering> gatherings;
    private TargetTables tables;
    private final RowProgress rowProgress = new RowProgress();
    private boolean checked;

    public Loader() {
        super("load.enabled");
    }

    @Override
    protected void configure(Settings settings) {
        targets = Targets.from(settings);
        shapes = new KnownShapes(targets.all().stream().map(Target::source).toList());
        lineBytes = settings.number("load.line-bytes", 1_000, 128_000_000);
        int bytes = settings.number("load.batch-bytes", 1_000, 16_000_000);
        if (Mode.from(settings) == Mode.BATCH) {
            var bounds = new GatheredByTable.Bounds(settings.number("load.batch-rows", 1, 1_000_000), bytes);
            gatherings = file -> new GatheredByTable(file, targets, tables(), shapes, bounds);
        } else {
            CallTemplates templates = CallTemplates.from(settings, targets);
            isCalledByTemplate = templates::has;
            boolean withSnapshots = settings.flag("load.row-snapshots");
            var oneRow = new GatheredByTable.Bounds(1, bytes);
            gatherings = file -> new CalledByRow(
                    file,
                    targets,
                    templates,
                    withSnapshots,
                    rowProgress,
                    new GatheredByTable(file, targets, tables(), shapes, oneRow));
        }
        // Procedures of someone else's may depend on the order of the files.
        boolean inOrder = targets.all().stream().map(Target::source).anyMatch(isCalledByTemplate);
        limitThreads(inOrder ? 1 : settings.number("load.parallel-files", 1, MOST_FILES));
    }

    /** Sets how many threads the route has for files: those that it cannot take at once wait in their order. */
    private void limitThreads(int threads) {
        getCamelContext()
                .getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("staged-files")
                        .poolSize(threads)
                        .maxPoolSize(threads)
                        .maxQueueSize(-1)
                        .build());
    }

    /**
     * Looks in Snowflake at every configured table that has no calls of its own, until all were once found ready.
     *
     * @return what is wrong with those that are not ready
     * @throws floe.snowflake.WarehouseUnwell if Snowflake cannot be asked
     */
    public synchronized List<String> check() {
        List<String> wrong = new ArrayList<>();
        if (!checked) {
            for (Target target : targets.all().stream()
                    .filter(any -> !isCalledByTemplate.test(any.source()))
                    .toList()) {
                getCamelContext()
                        .getRegistry()
                        .lookupByNameAndType("loadStage", Stage.class)
                        .pulse()
                        .beat("looking at " + target.table() + " in Snowflake");
                try {
                    tables().of(target);
                } catch (TableUnready e) {
                    wrong.add(e.getMessage());
                }
            }
        }
        checked = wrong.isEmpty();
        return wrong;
    }

    /**
     * The steps that load {@code file}, made as they are asked for.
     *
     * @param content of the file; closed with the steps
     */
    public Steps steps(StagedFile file, InputStream content) {
        LoadPulse pulse = getCamelContext().getRegistry().lookupByNameAndType("pulse", LoadPulse.class);
        return new Steps(
                file,
                new StagedLines(content, lineBytes),
                gatherings.apply(file),
                this::row,
                () -> pulse.reading(file));
    }

    /** What events told of the shapes of the tables that changes are gathered for. */
    public KnownShapes shapes() {
        return shapes;
    }

    /** Notes that {@code file} was loaded. */
    public void loaded(StagedFile file) {
        rowProgress.forget(file);
    }

    private String row(RowReference change) {
        return getCamelContext()
                .getRegistry()
                .lookupByNameAndType("oversize", OversizeRows.class)
                .fetch(change.reference(), lineBytes);
    }

    private synchronized TargetTables tables() {
        if (tables == null) {
            tables = new TargetTables(
                    getCamelContext().getRegistry().lookupByNameAndType("warehouse", DataSource.class));
        }
        return tables;
    }
}
