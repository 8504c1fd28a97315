package floe.ledger;

import floe.change.Heartbeat;
import floe.change.RecordMark;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The marks that have arrived. They add up: in which order, how often and by how many loaders they were seen makes no difference.
 *
 * <p>What arrived before there was a ledger is not in it, and not missing. A run is counted from its first number if the first mark
 * of any of its lanes has arrived, or if the ledger knew its stream before anything told of the run: an earlier heartbeat had
 * arrived there, of a run that is itself counted from its first number, or one made after {@link #SETTLED_IN}. Of any other run
 * each lane is counted from its first heartbeat made after {@link #SETTLED_IN}, and nothing is said of the numbers below.
 */
final class Marks {

    /**
     * So long after the ledger began all loaders have one: time to replace each of them by a version that does, and for clocks that
     * differ.
     */
    static final Duration SETTLED_IN = Duration.ofHours(1);

    /** So long a run stays after the last news of it. */
    static final Duration KEPT = Duration.ofDays(7);

    /** So long it stays known that a run is gone: what arrives of it is of no interest. */
    static final Duration GONE = Duration.ofDays(90);

    /** Beyond that runs go before their time, the oldest first: a capture that fails at each start makes many. */
    static final int MOST_RUNS = 100;

    static final int MOST_GONE = 2_000;

    private final SortedMap<String, RunMarks> runs = new TreeMap<>();
    private final SortedMap<String, Long> streams = new TreeMap<>();
    private final SortedMap<String, Long> gone = new TreeMap<>();
    private long begun;

    /** @param begun when the ledger began, in milliseconds since 1970 */
    Marks(long begun) {
        this.begun = begun;
    }

    long begun() {
        return begun;
    }

    SortedMap<String, RunMarks> runs() {
        return runs;
    }

    /** When the first heartbeat was made from which on the ledger has all of a stream, in milliseconds since 1970; by its name. */
    SortedMap<String, Long> streams() {
        return streams;
    }

    /** The runs of which nothing is of interest any more, and since when, in milliseconds since 1970. */
    SortedMap<String, Long> gone() {
        return gone;
    }

    boolean isEmpty() {
        return runs.isEmpty() && gone.isEmpty();
    }

    /** Takes note of a mark. Returns whether anything is new. */
    boolean add(RecordMark mark, long now) {
        if (gone.containsKey(mark.run())) {
            return false;
        }
        Heartbeat heartbeat = mark.heartbeat();
        boolean counted = heartbeat != null && heartbeat.at() >= begun + SETTLED_IN.toMillis();
        boolean isNew = seen(run(mark.run()).add(mark, counted), mark.run(), now);
        if (counted) {
            isNew |= known(heartbeat.stream(), heartbeat.at());
        }
        if (heartbeat != null
                && heartbeat.before() != null
                && !gone.containsKey(heartbeat.before().run())) {
            String before = heartbeat.before().run();
            isNew |= seen(run(before).endedBy(heartbeat), before, now);
        }
        return isNew;
    }

    /** Returns whether anything is new. */
    boolean add(Marks other) {
        boolean isNew = other.begun < begun;
        begun = Math.min(begun, other.begun);
        for (Map.Entry<String, Long> stream : other.streams.entrySet()) {
            isNew |= known(stream.getKey(), stream.getValue());
        }
        for (Map.Entry<String, Long> run : other.gone.entrySet()) {
            isNew |= gone.putIfAbsent(run.getKey(), run.getValue()) == null;
        }
        runs.keySet().removeAll(gone.keySet());
        for (Map.Entry<String, RunMarks> run : other.runs.entrySet()) {
            if (!gone.containsKey(run.getKey())) {
                boolean news = run(run.getKey()).add(run.getValue());
                isNew |= seen(news, run.getKey(), run.getValue().seen());
            }
        }
        return isNew;
    }

    /** Gives these numbers up: they are not missing any more. Returns whether that is new. */
    boolean giveUp(Gap gap) {
        return !gone.containsKey(gap.run())
                && run(gap.run()).lane(gap.lane()).numbers().add(gap.from(), gap.to());
    }

    Marks copy() {
        Marks copy = new Marks(begun);
        copy.add(this);
        return copy;
    }

    /** Whether all numbers of a run are counted, from 1. */
    boolean isCountedWhole(RunMarks run) {
        return run.beginsHere() || knownSince(run.stream()) < run.first();
    }

    /**
     * Lets go what is of no use: runs that nothing is missing of, and nothing can be, once there was no news of them for {@link
     * #KEPT}. Returns whether anything went.
     */
    boolean forget(long now) {
        List<String> done = runs.entrySet().stream()
                .filter(run -> isDone(run.getKey(), run.getValue()))
                .sorted(Comparator.comparing(run -> run.getValue().seen()))
                .map(Map.Entry::getKey)
                .toList();
        boolean changed = false;
        for (String name : done) {
            RunMarks run = runs.get(name);
            if (run.seen() < now - KEPT.toMillis() || runs.size() > MOST_RUNS) {
                if (run.beginsHere() && run.stream() != null) {
                    known(run.stream(), run.first());
                }
                runs.remove(name);
                gone.put(name, now);
                changed = true;
            }
        }
        return forgetGone(now) || changed;
    }

    /** Nothing is told of a run any more once the next one told of it; of one without a heartbeat nothing was. */
    private boolean isDone(String name, RunMarks run) {
        return !run.isAcknowledged()
                || (run.end() != null && Gaps.of(name, run, isCountedWhole(run)).isEmpty());
    }

    /** The run before one that still tells of it stays known as gone: it would be missing as a whole. */
    private boolean forgetGone(long now) {
        Set<String> named = new HashSet<>();
        runs.values().stream().map(RunMarks::previous).filter(Objects::nonNull).forEach(named::add);
        List<Map.Entry<String, Long>> old = gone.entrySet().stream()
                .filter(run -> !named.contains(run.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .toList();
        boolean changed = false;
        for (Map.Entry<String, Long> run : old) {
            if (run.getValue() < now - GONE.toMillis() || gone.size() > MOST_GONE) {
                gone.remove(run.getKey());
                changed = true;
            }
        }
        return changed;
    }

    private long knownSince(String stream) {
        long known = stream == null ? Long.MAX_VALUE : streams.getOrDefault(stream, Long.MAX_VALUE);
        for (RunMarks run : runs.values()) {
            if (stream != null && stream.equals(run.stream()) && run.first() < known && run.beginsHere()) {
                known = run.first();
            }
        }
        return known;
    }

    private boolean known(String stream, long since) {
        boolean isNew = since < streams.getOrDefault(stream, Long.MAX_VALUE);
        streams.merge(stream, since, Math::min);
        return isNew;
    }

    private RunMarks run(String name) {
        return runs.computeIfAbsent(name, any -> new RunMarks());
    }

    private boolean seen(boolean isNew, String name, long now) {
        if (isNew) {
            run(name).see(now);
        }
        return isNew;
    }
}
