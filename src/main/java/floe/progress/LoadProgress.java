package floe.progress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import floe.change.TableId;
import floe.change.UnfitChange;
import floe.health.Pulse;
import floe.health.Stage;
import floe.ledger.Arrivals;
import floe.snowflake.TableUnready;
import floe.snowflake.Warehouse;
import floe.staging.Doorbell;
import floe.staging.Listing;
import floe.staging.StagedFile;
import floe.staging.StagedFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What becomes of the staged files, told as it happens, and shown by {@link #status()}.
 *
 * <p>A file is listed, opened, read, worked on step by step, archived; then it is loaded or has failed, and in either case
 * ended. A reason for trouble is logged when it is new, not at each try. May be used by several threads.
 */
public final class LoadProgress implements Predicate<StagedFile> {

    /** The id of the route that loads files; what is logged here is logged for it. */
    public static final String ROUTE = "s3-to-snowflake";

    private static final Logger LOG = LoggerFactory.getLogger(LoadProgress.class);

    private static final String UNLISTED = "The staging prefix has not been listed yet";

    /** Stands among the keys of files for what was seen by looking at the tables. */
    private static final String LOOK = "";

    private final Stage stage;
    private final StagedFiles staging;
    private final Doorbell doorbell;
    private final Warehouse warehouse;
    private final Clock clock = Clock.systemUTC();
    private final Backlog backlog = new Backlog();
    private final StuckFiles stuck;
    private final LoadedTables tables = new LoadedTables(clock, LOG::warn);
    private final RowProgress calledRows = new RowProgress();
    private final Map<UnfitChange.Reason, Long> letters = new EnumMap<>(UnfitChange.Reason.class);
    private String poll = UNLISTED;
    private List<TableUnready> unready = List.of();
    private Arrivals arrivals = Arrivals.NONE;

    /**
     * @param pauses between the tries of a file
     * @param stage keeps the pulses of the files
     * @param staging tells of other loaders that load nothing
     * @param doorbell tells whether it works
     * @param warehouse tells whether it is in reach
     */
    public LoadProgress(Pauses pauses, Stage stage, StagedFiles staging, Doorbell doorbell, Warehouse warehouse) {
        this.stuck = new StuckFiles(pauses, clock);
        this.stage = stage;
        this.staging = staging;
        this.doorbell = doorbell;
        this.warehouse = warehouse;
    }

    /** A table is looked at in Snowflake, before the staging prefix is listed. */
    public void lookingAt(String table) {
        stage.pulse().beat("looking at " + table + " in Snowflake");
    }

    /** Nothing is wrong with the table, as far as is known. */
    public void met(TableId source) {
        tables.met(source);
    }

    /** Whether snapshots of the table are open. */
    public void inSnapshot(TableId source, boolean open) {
        tables.reading(source, open);
    }

    /** All tables were looked at, and something is wrong with these; the staging prefix is listed next. */
    public synchronized void unready(List<TableUnready> reasons) {
        unready = List.copyOf(reasons);
        tables.readToEnd(LOOK, unready);
        stage.pulse().beat("listing the staging prefix");
    }

    /** Whether {@code file}, which a listing has come across, is to be tried now. */
    @Override
    public boolean test(StagedFile file) {
        return stuck.isDue(file);
    }

    /** The staging prefix was listed, to its end. */
    public synchronized void listed(Listing listing) {
        stuck.listed();
        tables.keep(file -> file.equals(LOOK) || stuck.contains(file));
        if (UNLISTED.equals(poll)) {
            LOG.info("Load works: the staging prefix can be listed");
        } else if (poll != null) {
            LOG.info("Files are loaded again: the staging prefix can be listed");
        }
        poll = null;
        backlog.listed(listing, clock.instant());
        stage.pulse().beat("waiting for the next poll");
    }

    /** This is known of what has arrived, at all loaders. */
    public synchronized void arrived(Arrivals known) {
        arrivals = known;
    }

    /** A poll ended before it tried any file. */
    public synchronized void pollFailed(Throwable failure) {
        String reason = Reason.of(failure);
        if (!Objects.equals(poll, reason)) {
            try (var route = MDC.putCloseable("route", ROUTE)) {
                LOG.warn("Nothing is loaded until this is mended: {}", reason, Reason.traceOf(failure));
            }
        }
        poll = reason;
        stage.pulse().waiting("waiting for the next poll: " + reason);
    }

    /** The file is asked for. */
    public void opened(StagedFile file) {
        pulse(file).beat("opening it");
    }

    /** More of the file is read. */
    public void reading(StagedFile file) {
        pulse(file).beat("reading its lines");
    }

    /** The step is taken. */
    public void taking(Work step) {
        step.source().ifPresent(tables::met);
        pulse(step.file()).beat(step.doing());
    }

    /** The step could not be taken, and may be tried again. */
    public void waiting(Work step, Throwable failure) {
        String reason = Reason.of(failure);
        step.source().ifPresent(source -> tables.unready(step.file().key(), source, Reason.state(failure), reason));
        pulse(step.file()).waiting(step.doing() + ": " + reason);
    }

    /** Dead letters are safely kept, for these reasons. */
    public synchronized void kept(Collection<UnfitChange.Reason> reasons) {
        reasons.forEach(reason -> letters.merge(reason, 1L, Long::sum));
    }

    /** The file goes to the archive. */
    public void archiving(StagedFile file) {
        pulse(file).beat("moving it to the archive");
    }

    /** The file was loaded, by this loader or by another. */
    public void loaded(StagedFile file) {
        calledRows.forget(file);
        stuck.loaded(file);
        tables.readToEnd(file.key(), List.of());
        backlog.loaded(file);
    }

    /** The file could not be loaded and stays staged. */
    public void failed(StagedFile file, Throwable failure) {
        TableUnready one = ObjectHelper.getException(TableUnready.class, failure);
        try (var route = MDC.putCloseable("route", ROUTE);
                var about = MDC.putCloseable("file", file.shown())) {
            if (one instanceof TablesUnready all) {
                tables.readToEnd(file.key(), all.tables());
            } else if (one != null) {
                tables.unready(file.key(), one);
            }
        }
        stuck.failed(file, failure);
    }

    /** The file is no longer worked on. */
    public void ended(StagedFile file) {
        stage.end(file.shown());
    }

    /** How far row mode got in files that it could not finish. */
    public RowProgress calledRows() {
        return calledRows;
    }

    /** How far loading is now. */
    public synchronized LoadStatus status() {
        Instant now = clock.instant();
        return new LoadStatus(
                backlog.size(),
                backlog.oldest(now),
                backlog.lag(now),
                stuck.count(),
                letters,
                arrivals,
                warehouse.reach(),
                tables.counts(),
                tables.unready(),
                trouble());
    }

    /** What {@link floe.health.Standing} says of tables. */
    void tell(ArrayNode lines) {
        tables.tell(lines);
    }

    private List<String> trouble() {
        List<String> reasons =
                new ArrayList<>(LoadedTables.some(unready.stream().map(TableUnready::getMessage), unready.size()));
        if (poll != null) {
            reasons.add(poll);
        }
        reasons.addAll(stuck.reasons());
        // What is still staged may hold a newer heartbeat.
        Instant now = clock.instant();
        reasons.addAll(arrivals.silent(now.minus(backlog.oldest(now).orElse(Duration.ZERO))));
        reasons.addAll(arrivals.lost());
        arrivals.trouble()
                .ifPresent(why -> reasons.add("What has arrived is not kept up with under ledger.prefix: " + why));
        reasons.addAll(staging.idleLoaders());
        doorbell.trouble().ifPresent(reasons::add);
        reasons.addAll(stage.blocked());
        return reasons;
    }

    private Pulse pulse(StagedFile file) {
        return stage.pulse(file.shown());
    }
}
