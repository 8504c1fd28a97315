package floe.binlog;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of GTIDs, tags included, as MySQL writes it: {@code uuid:1-5:7,uuid:tag:1-3}. Not safe for use by several threads.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html">GTID sets</a>
 */
public final class GtidSet {

    /** By {@code uuid} or {@code uuid:tag}: the first number of each range, and the last. */
    private final Map<String, TreeMap<Long, Long>> ranges = new TreeMap<>();

    /**
     * Reads a set.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static GtidSet parse(String text) {
        GtidSet set = new GtidSet();
        for (String part : text.replaceAll("\\s", "").split(",", -1)) {
            if (!part.isEmpty()) {
                set.parsePart(part);
            }
        }
        return set;
    }

    private void parsePart(String part) {
        String[] fields = part.split(":", -1);
        String uuid = fields[0].toLowerCase(java.util.Locale.ROOT);
        String source = uuid;
        if (fields.length < 2) {
            throw new IllegalArgumentException("'" + part + "' is no GTID");
        }
        for (int i = 1; i < fields.length; i++) {
            if (!fields[i].isEmpty() && !Character.isDigit(fields[i].charAt(0))) {
                source = uuid + ":" + fields[i].toLowerCase(java.util.Locale.ROOT);
                continue;
            }
            int dash = fields[i].indexOf('-');
            long first = Long.parseLong(dash < 0 ? fields[i] : fields[i].substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(fields[i].substring(dash + 1));
            add(source, first, last);
        }
    }

    /** Adds one GTID: {@code uuid:5} or {@code uuid:tag:5}. */
    public void add(String gtid) {
        int colon = gtid.lastIndexOf(':');
        long number = Long.parseLong(gtid.substring(colon + 1));
        add(gtid.substring(0, colon), number, number);
    }

    /** Whether it has this GTID. */
    public boolean contains(String gtid) {
        int colon = gtid.lastIndexOf(':');
        TreeMap<Long, Long> ofSource = ranges.get(gtid.substring(0, colon));
        if (ofSource == null) {
            return false;
        }
        long number = Long.parseLong(gtid.substring(colon + 1));
        var range = ofSource.floorEntry(number);
        return range != null && range.getValue() >= number;
    }

    /** Whether it has all of the other. */
    public boolean contains(GtidSet other) {
        return other.ranges.entrySet().stream().allMatch(ofSource -> ofSource.getValue().entrySet().stream()
                .allMatch(range -> contains(ofSource.getKey(), range.getKey(), range.getValue())));
    }

    private boolean contains(String source, long first, long last) {
        var range = ranges.getOrDefault(source, new TreeMap<>()).floorEntry(first);
        return range != null && range.getValue() >= last;
    }

    private void add(String source, long first, long last) {
        TreeMap<Long, Long> ofSource = ranges.computeIfAbsent(source, name -> new TreeMap<>());
        long from = first;
        long to = last;
        var before = ofSource.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        for (var next = ofSource.higherEntry(from); next != null && next.getKey() <= to + 1; ) {
            to = Math.max(to, next.getValue());
            ofSource.remove(next.getKey());
            next = ofSource.higherEntry(from);
        }
        ofSource.put(from, to);
    }

    /** As MySQL writes it, on one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        ranges.forEach((source, ofSource) -> {
            text.append(text.isEmpty() ? "" : ",").append(source);
            ofSource.forEach((first, last) -> {
                text.append(':').append(first);
                if (last > first) {
                    text.append('-').append(last);
                }
            });
        });
        return text.toString();
    }
}
