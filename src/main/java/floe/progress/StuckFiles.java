package floe.progress;

import floe.snowflake.TableUnready;
import floe.staging.StagedFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The files that could not be loaded.
 *
 * <p>Such a file is due again at the next poll, and then after times that double each time, so that files which wait for
 * an operator do not keep the warehouse awake. A reason is logged when it is new, not at each try.
 */
final class StuckFiles {

    private static final Logger LOG = LoggerFactory.getLogger(StuckFiles.class);

    private record Stuck(String shown, String reason, Duration pause, Instant until) {}

    private final Pauses pauses;
    private final Clock clock;
    private final Map<String, Stuck> files = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    /** Whether it was logged that files are stuck. */
    private boolean told;

    StuckFiles(Pauses pauses, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Whether {@code file}, which a listing has come across, is to be tried now. */
    synchronized boolean isDue(StagedFile file) {
        Stuck stuck = files.get(file.key());
        if (stuck == null) {
            return true;
        }
        seen.add(file.key());
        return !stuck.until().isAfter(clock.instant());
    }

    /** Notes that {@code file} could not be loaded. */
    synchronized void failed(StagedFile file, Throwable failure) {
        String reason = Reason.of(failure);
        Stuck before = files.get(file.key());
        // Of a table that is not ready it is told by itself.
        boolean isNew = ObjectHelper.getException(TableUnready.class, failure) == null
                && files.values().stream().noneMatch(stuck -> stuck.reason().equals(reason));
        files.put(file.key(), stuck(file, reason, before));
        if (isNew) {
            told = true;
            try (var route = MDC.putCloseable("route", LoadProgress.ROUTE);
                    var about = MDC.putCloseable("file", file.shown())) {
                LOG.warn("{} stays staged and is tried again: {}", file.shown(), reason, Reason.traceOf(failure));
            }
        }
    }

    /** Notes that {@code file} was loaded. */
    synchronized void loaded(StagedFile file) {
        if (files.remove(file.key()) != null && files.isEmpty() && told) {
            told = false;
            LOG.info("All files that were stuck are loaded");
        }
    }

    /** Forgets those that a whole listing did not come across: another loader took care of them. */
    synchronized void listed() {
        files.keySet().retainAll(seen);
        seen.clear();
    }

    /** Whether the file of this key is one. */
    synchronized boolean contains(String key) {
        return files.containsKey(key);
    }

    /** How many there are. */
    synchronized int count() {
        return files.size();
    }

    /** The reasons for which files are stuck, each with the first file and how many there are. */
    synchronized List<String> reasons() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        files.values().forEach(stuck -> byReason.computeIfAbsent(stuck.reason(), any -> new ArrayList<>())
                .add(stuck.shown()));
        return byReason.entrySet().stream()
                .map(entry -> entry.getValue().get(0)
                        + (entry.getValue().size() == 1
                                ? ""
                                : " and " + (entry.getValue().size() - 1) + " more")
                        + ": " + entry.getKey())
                .toList();
    }

    private Stuck stuck(StagedFile file, String reason, Stuck before) {
        // The second try is at once.
        Duration pause = before == null ? Duration.ZERO : pauses.after(before.pause());
        return new Stuck(file.shown(), reason, pause, clock.instant().plus(pause));
    }
}
