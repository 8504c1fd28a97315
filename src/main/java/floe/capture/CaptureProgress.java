package floe.capture;

import floe.change.TableId;
import floe.change.TablePatterns;
import floe.state.CaptureState;
import floe.state.CapturedTables;
import floe.state.Divergence;
import floe.state.TableSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Is told once what capture does, and keeps what follows from it for whoever shows it. That capture works again, and a
 * divergence, are logged when they are new.
 *
 * <p>Safe for use by several threads.
 */
final class CaptureProgress {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureProgress.class);

    /** A reading that ends earlier has mended nothing. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    /** What makes a table that has diverged equal to its copy. */
    private static final String WAY_OUT =
            "Rows keep flowing; a new snapshot makes the tables equal again: floe snapshot";

    /** What brings a table back that was set aside. */
    private static final String MENDED =
            "What is set aside is captured and read again once an ALTER TABLE or GRANT mends it, or at the next start after that";

    private final TablePatterns tables;
    private final LongSupplier nanoTime;
    /** Why capture does not work, as it was told last: empty before it first did, null while it does. */
    private String trouble = "";

    private long readingSince;

    /** Those of {@link #unmatched}. */
    private CapturedTables captured;

    private volatile List<String> unmatched = List.of();
    private volatile CaptureStatus status;

    /**
     * @param tables whose divergence counts
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    CaptureProgress(TablePatterns tables, LongSupplier nanoTime) {
        this.tables = tables;
        this.nanoTime = nanoTime;
        this.status = new CaptureStatus(
                false,
                List.of(),
                Map.of(),
                false,
                "capture is starting",
                "",
                OptionalLong.empty(),
                nanoTime.getAsLong(),
                List.of(),
                Set.of());
    }

    /** What to do about these. */
    static String wayOut(List<Divergence> entries) {
        return Stream.of(
                        entries.stream().allMatch(Divergence::isSetAside) ? "" : WAY_OUT,
                        entries.stream().anyMatch(Divergence::isSetAside) ? MENDED : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** The names and patterns of the setting that no table has. */
    List<String> unmatched() {
        return unmatched;
    }

    /** What capture is now. */
    CaptureStatus status() {
        return status;
    }

    /** This is what a run before this one has saved. */
    synchronized void saved(CaptureState state) {
        status = told(state, status.snapshots(), status.doing());
    }

    /**
     * A reading is about to start.
     *
     * @param state that it starts from: what it has acknowledged counts as long as nothing newer is known
     */
    synchronized void starting(CaptureState state) {
        CaptureStatus now = told(state, state.snapshots(), Map.of());
        OptionalLong committed = now.committed();
        if (committed.isEmpty() && state.offset().get("ts_sec") instanceof Number second) {
            committed = OptionalLong.of(second.longValue() * 1000);
        }
        status = now.withReached(false, now.position(), committed, now.savedNanos());
    }

    /** The source is being read. */
    synchronized void reading() {
        readingSince = nanoTime.getAsLong();
        status = status.withReading(true, status.problem());
    }

    /** Nothing is read for now. */
    synchronized void stopped() {
        status = status.withReading(false, "MySQL is not being read");
    }

    /**
     * Nothing is read, for this reason.
     *
     * @return whether it is another one than last, or capture has worked since
     */
    synchronized boolean failed(String reason) {
        boolean isNew = !reason.equals(trouble);
        trouble = reason;
        status = status.withReading(false, reason);
        return isNew;
    }

    /**
     * A batch is acknowledged and saved.
     *
     * @param state what was saved
     * @param doing what each snapshot does, by table
     * @param committed all that was committed by then is acknowledged; empty if nobody knows
     */
    synchronized void acknowledged(CaptureState state, Map<TableId, String> doing, OptionalLong committed) {
        CaptureStatus now = told(state, state.snapshots(), doing);
        String position = state.position() == null ? "" : state.position();
        status = now.withReached(true, position, later(now.committed(), committed), nanoTime.getAsLong());
        works();
    }

    private void works() {
        if (trouble != null && (trouble.isEmpty() || nanoTime.getAsLong() - readingSince > STEADY.toNanos())) {
            trouble = null;
            LOG.info("Capture works: it reads the binlog, and Kinesis has what it reads");
        }
    }

    /** So much of tables is read and saved, beside the binlog. */
    synchronized void readBeside(CaptureState state, Map<TableId, String> doing) {
        status = told(state, state.snapshots(), doing);
    }

    private CaptureStatus told(CaptureState state, List<TableSnapshot> snapshots, Map<TableId, String> doing) {
        return status.withTables(snapshots, doing, diverged(state), captured(state));
    }

    private static OptionalLong later(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
    }

    private List<Divergence> diverged(CaptureState state) {
        List<Divergence> before = status.diverged();
        List<Divergence> now = state.diverged().entries().stream()
                .filter(entry -> tables.contains(entry.table()))
                .toList();
        if (state.captured() != null && (!state.captured().equals(captured) || !now.equals(before))) {
            captured = state.captured();
            Set<TableId> there = new TreeSet<>(captured.tables());
            now.stream().filter(Divergence::isSetAside).forEach(entry -> there.add(entry.table()));
            List<String> none = tables.withoutAny(there);
            none.stream()
                    .filter(name -> !unmatched.contains(name))
                    .forEach(name -> LOG.warn(
                            "capture.tables asks for {}, and there is no such table: create it, or take it out of the setting",
                            name));
            unmatched = none;
        }
        now.stream().filter(entry -> before.stream().noneMatch(entry::isLike)).forEach(CaptureProgress::log);
        return now;
    }

    private static Set<TableId> captured(CaptureState state) {
        return state.captured() == null ? Set.of() : state.captured().tables();
    }

    private static void log(Divergence entry) {
        try (var about = MDC.putCloseable("table", entry.table().toString())) {
            LOG.warn("{}. {}", entry, wayOut(List.of(entry)));
        }
    }
}
