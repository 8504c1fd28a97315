package local;

import java.util.Map;
import java.util.TreeMap;

/** How often what happened. Safe for use by several threads at once. */
public final class Tally {

    private final Map<String, Long> counts = new TreeMap<>();

    public synchronized void add(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    public synchronized long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** By name, in the order of the names. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
