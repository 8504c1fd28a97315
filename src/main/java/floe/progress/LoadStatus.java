package floe.progress;

import floe.change.UnfitChange;
import floe.ledger.Arrivals;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far loading is at one moment; health and gauges are views of it.
 *
 * @param stagedFiles how many files are staged and not loaded yet
 * @param oldest how long ago the oldest record in them arrived; nothing if no file is staged
 * @param lag how far Snowflake is behind S3; nothing before the first listing
 * @param stuckFiles how many of the files could not be loaded and are tried again
 * @param letters how many lines were kept as dead letters since the start, by reason
 * @param arrivals what has arrived of what was captured, and what has not
 * @param warehouse whether Snowflake gave a connection when it was last needed
 * @param tables how many tables load has met since the start, by what it does with them
 * @param unready a line for each table that waits or is set aside: since when, why and the way out; many are cut short
 * @param trouble why loading does not do its work; empty if it does
 */
public record LoadStatus(
        int stagedFiles,
        Optional<Duration> oldest,
        Optional<Duration> lag,
        int stuckFiles,
        Map<UnfitChange.Reason, Long> letters,
        Arrivals arrivals,
        String warehouse,
        Map<TableState, Integer> tables,
        List<String> unready,
        List<String> trouble) {

    public LoadStatus {
        // Not Map.copyOf, which forgets the order of the reasons.
        Map<UnfitChange.Reason, Long> inOrder = new EnumMap<>(UnfitChange.Reason.class);
        inOrder.putAll(letters);
        letters = Collections.unmodifiableMap(inOrder);
        tables = Map.copyOf(tables);
        unready = List.copyOf(unready);
        trouble = List.copyOf(trouble);
    }

    /** How long ago capture told last that it is there; of several streams the one of which that is longest. Nothing if it never did. */
    public Optional<Duration> heartbeat(Instant now) {
        return arrivals.streams().stream()
                .map(Arrivals.Stream::at)
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(at, now));
    }

    /** Whether loading does its work. */
    public boolean ready() {
        return trouble.isEmpty();
    }
}
