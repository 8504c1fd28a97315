package floe.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The marks of one run on one lane that have arrived.
 *
 * <p>Of the heartbeats among them only those stay that a gap may need, and the newest: to add two of these, in any order and any
 * number of times, never needs one that is gone.
 */
final class LaneMarks {

    private final Numbers numbers = new Numbers();
    private final NavigableMap<Long, Beat> beats = new TreeMap<>();

    /** The lowest heartbeat that is known to have nothing behind it that the ledger did not see. */
    private long countedFrom = Long.MAX_VALUE;

    Numbers numbers() {
        return numbers;
    }

    /** The heartbeats that are needed; by their numbers. */
    NavigableMap<Long, Beat> beats() {
        return beats;
    }

    /** From which number on the lane is counted, where its beginning was not seen; {@link Long#MAX_VALUE} if from none yet. */
    long countedFrom() {
        return countedFrom;
    }

    /** Lets the lane be counted from this number on, if not from a lower one. Returns whether that is new. */
    boolean countFrom(long number) {
        boolean lower = number < countedFrom;
        countedFrom = Math.min(countedFrom, number);
        return lower;
    }

    /** Returns whether it is new. */
    boolean add(Beat beat) {
        boolean isNew = numbers.add(beat.number(), beat.number());
        return add(List.of(beat)) || isNew;
    }

    /** Returns whether anything is new. */
    boolean add(LaneMarks other) {
        boolean isNew = numbers.add(other.numbers);
        isNew |= countFrom(other.countedFrom);
        return add(other.beats.values()) || isNew;
    }

    private boolean add(Collection<Beat> more) {
        Set<Long> before = Set.copyOf(beats.keySet());
        more.forEach(beat -> beats.putIfAbsent(beat.number(), beat));
        if (beats.size() > 1) {
            beats.keySet().retainAll(needed());
        }
        return !before.equals(beats.keySet());
    }

    private Set<Long> needed() {
        Set<Long> needed = new HashSet<>();
        needed.add(beats.lastKey());
        for (Numbers.Range missing : numbers.missing(1, beats.lastKey())) {
            needed.add(beats.lowerKey(missing.from()));
            needed.add(beats.higherKey(missing.to()));
        }
        return needed;
    }
}
