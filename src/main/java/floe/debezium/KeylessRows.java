package floe.debezium;

import floe.binlog.RowImages;
import floe.binlog.TableLayout;
import floe.change.ChangeType;
import floe.change.MadeKey;
import floe.change.TableId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of tables whose key Floe makes, in one transaction.
 *
 * <p>Where rows are told apart by all their values, two may be equal while a transaction runs and not before and after it:
 * {@code UPDATE t SET n = n + 1} makes a 2 of the 1 and then a 3 of the 2 that was there before, and one 2 stays. So what
 * counts is what the whole transaction did to each.
 *
 * <p>Where each row is kept for itself there are writes alone.
 *
 * <p>For use by one thread.
 */
final class KeylessRows {

    /** What a row takes in memory besides its bytes, about. */
    private static final int ROW_BYTES = 128;

    private final long mostBytes;
    private final Map<TableId, Difference> differences = new LinkedHashMap<>();
    private final Map<TableId, Long> written = new HashMap<>();
    /** Tables of which rows were given that were written in this transaction. */
    private final Set<TableId> given = new HashSet<>();

    private long bytes;

    /** Takes what comes of the transaction. */
    interface Given {

        /**
         * Rows that were written or deleted.
         *
         * @param number of the first among the written ones of its table in this transaction; 0 where that does not matter
         */
        void rows(TableLayout table, ChangeType type, RowImages images, int count, long number);

        /** Nobody can tell whether a row is left that is equal to one that went. */
        void doubtful(TableId table);
    }

    private record Difference(TableLayout table, Map<ByteBuffer, Count> byImage) {}

    /** How many rows there are of those that are equal in all columns, as far as a transaction tells. */
    private static final class Count {

        /** How many more than before it. */
        private int more;
        /** How many there were before it at least, as so many went. */
        private int before;

        private boolean wasWritten;

        void add(int times) {
            more += times;
            before = Math.max(before, -more);
            wasWritten |= times > 0;
        }

        boolean isSame() {
            return more == 0;
        }

        boolean isLeft() {
            return before + more > 0;
        }

        /** Whether there may have been more before it than is known. */
        boolean isDoubtful() {
            return wasWritten && !isSame() && !isLeft();
        }
    }

    /** @param mostBytes of rows of one transaction are held, about */
    KeylessRows(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Another transaction begins. */
    void begin() {
        differences.clear();
        written.clear();
        given.clear();
        bytes = 0;
    }

    /** Takes the rows of one event. */
    void take(TableLayout table, ChangeType type, RowImages images, Given into) {
        List<ByteBuffer> each = images.each(table);
        if (table.made() == MadeKey.APPEND) {
            append(table, type, each, into);
            return;
        }
        Map<ByteBuffer, Count> byImage = differences
                .computeIfAbsent(table.id(), any -> new Difference(table, new LinkedHashMap<>()))
                .byImage();
        for (int i = 0; i < each.size(); i++) {
            byImage.computeIfAbsent(each.get(i), this::held).add(isWritten(type, i) ? 1 : -1);
        }
        if (bytes > mostBytes) {
            end(into);
        }
    }

    /** Whether an image of an event shows a row as it is. */
    private static boolean isWritten(ChangeType type, int place) {
        return type == ChangeType.WRITE || (type == ChangeType.UPDATE && place % 2 == 1);
    }

    private Count held(ByteBuffer image) {
        bytes += image.remaining() + ROW_BYTES;
        return new Count();
    }

    private void append(TableLayout table, ChangeType type, List<ByteBuffer> each, Given into) {
        List<ByteBuffer> after = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            if (isWritten(type, i)) {
                after.add(each.get(i));
            }
        }
        if (!after.isEmpty()) {
            long number = 1 + written.getOrDefault(table.id(), 0L);
            written.put(table.id(), number + after.size() - 1);
            into.rows(table, ChangeType.WRITE, RowImages.of(after), after.size(), number);
        }
    }

    /** Gives what came of the transaction, or of it so far where it is too large to be held. */
    void end(Given into) {
        differences.forEach((id, difference) -> give(id, difference, into));
        differences.clear();
        bytes = 0;
    }

    private void give(TableId id, Difference difference, Given into) {
        List<ByteBuffer> deleted = new ArrayList<>();
        List<ByteBuffer> left = new ArrayList<>();
        boolean doubtful = false;
        for (Map.Entry<ByteBuffer, Count> row : difference.byImage().entrySet()) {
            if (!row.getValue().isSame()) {
                (row.getValue().isLeft() ? left : deleted).add(row.getKey());
                doubtful |= row.getValue().isDoubtful();
            }
        }
        if (doubtful || (!deleted.isEmpty() && given.contains(id))) {
            into.doubtful(id);
        }
        if (!deleted.isEmpty()) {
            into.rows(difference.table(), ChangeType.DELETE, RowImages.of(deleted), deleted.size(), 0);
        }
        if (!left.isEmpty()) {
            given.add(id);
            into.rows(difference.table(), ChangeType.WRITE, RowImages.of(left), left.size(), 0);
        }
    }
}
