package floe.binlog;

import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which time of commit the reader of the binlog had reached when: so that a record, which knows when it was read, tells
 * how far the source was read then, also where the record itself is of no commit. All times are milliseconds since 1970.
 *
 * <p>It remembers the last minutes. Safe for use by several threads.
 */
public final class CommitTimes {

    private static final long SPACING = 100;
    private static final int MOST = 10_000;

    private final TreeMap<Long, Long> committedByRead = new TreeMap<>();

    /** A transaction committed at {@code committed} was begun to be read at {@code now}. */
    synchronized void reading(long committed, long now) {
        if (committedByRead.isEmpty() || committedByRead.lastKey() + SPACING <= now) {
            note(committed, now);
        }
    }

    /** There was nothing more to read at {@code now}. */
    synchronized void readAll(long now) {
        note(now, now);
    }

    /** All that was committed before the answer had been read at {@code read}; nothing if nobody remembers. */
    public synchronized OptionalLong at(long read) {
        var entry = committedByRead.floorEntry(read);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.getValue());
    }

    private void note(long committed, long now) {
        committedByRead.put(now, committed);
        if (committedByRead.size() > MOST) {
            committedByRead.pollFirstEntry();
        }
    }
}
