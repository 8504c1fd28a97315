package floe.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of numbers from 1, kept as its ranges: small where few are missing, however many there are. */
final class Numbers {

    /** The numbers between these two, both included. */
    record Range(long from, long to) {}

    /** The last number of each range by its first; no two touch. */
    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    /** Adds the numbers between these two, both included. Returns whether any is new. */
    boolean add(long from, long to) {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is no range of numbers");
        }
        long first = from;
        long last = to;
        Map.Entry<Long, Long> below = ranges.floorEntry(from);
        if (below != null && below.getValue() >= from - 1) {
            if (below.getValue() >= to) {
                return false;
            }
            first = below.getKey();
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(first);
        while (next != null && next.getKey() - 1 <= to) {
            last = Math.max(last, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.higherEntry(first);
        }
        ranges.put(first, last);
        return true;
    }

    /** Adds all of {@code others}. Returns whether any is new. */
    boolean add(Numbers others) {
        boolean isNew = false;
        for (Map.Entry<Long, Long> range : others.ranges.entrySet()) {
            isNew |= add(range.getKey(), range.getValue());
        }
        return isNew;
    }

    boolean contains(long number) {
        Map.Entry<Long, Long> below = ranges.floorEntry(number);
        return below != null && below.getValue() >= number;
    }

    /** Those between these two, both included, that are not in the set; in order. */
    List<Range> missing(long from, long to) {
        List<Range> missing = new ArrayList<>();
        long next = from;
        Long start = ranges.floorKey(from);
        for (Map.Entry<Long, Long> range :
                ranges.tailMap(start == null ? from : start, true).entrySet()) {
            if (range.getKey() > to || next > to) {
                break;
            }
            if (range.getKey() > next) {
                missing.add(new Range(next, range.getKey() - 1));
            }
            next = Math.max(next, range.getValue() + 1);
        }
        if (next <= to) {
            missing.add(new Range(next, to));
        }
        return missing;
    }

    /** All of them; in order. */
    List<Range> ranges() {
        return ranges.entrySet().stream()
                .map(range -> new Range(range.getKey(), range.getValue()))
                .toList();
    }
}
