package floe.snapshot;

import floe.binlog.TableLayout;
import floe.capture.Mark;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import java.util.ArrayList;
import java.util.List;

/** Gathers what a snapshot reads, small tables together, and gives it on when it is enough. */
final class SnapshotBatch {

    private static final int MOST_ROWS = 2_000;
    private static final int MOST_BYTES = 1 << 20;

    private final Next next;
    private final Origin origin;
    private final Mark mark;
    private final List<SourceEvent> events = new ArrayList<>();
    private final List<byte[][]> rows = new ArrayList<>();
    private TableLayout table;
    private int rowCount;
    private long bytes;

    /** Who is given what was gathered. */
    interface Next {

        void take(List<SourceEvent> batch) throws InterruptedException;
    }

    /** All rows have this origin and mark. */
    SnapshotBatch(Next next, Origin origin, Mark mark) {
        this.next = next;
        this.origin = origin;
        this.mark = mark;
    }

    /** A row of the table, which is that of the rows before it unless something else came since. */
    void add(TableLayout its, byte[][] row) throws InterruptedException {
        table = its;
        rows.add(row);
        rowCount++;
        for (byte[] cell : row) {
            bytes += cell == null ? 0 : cell.length;
        }
        if (rowCount >= MOST_ROWS || bytes >= MOST_BYTES) {
            give();
        }
    }

    /** Something else than a row. */
    void add(SourceEvent event) {
        closeRows();
        events.add(event);
    }

    /** Gives on all that is gathered. */
    void give() throws InterruptedException {
        closeRows();
        List<SourceEvent> batch = List.copyOf(events);
        events.clear();
        rowCount = 0;
        bytes = 0;
        if (!batch.isEmpty()) {
            next.take(batch);
        }
    }

    private void closeRows() {
        if (!rows.isEmpty()) {
            events.add(new SourceEvent.Reads(table, rows, origin, mark));
            rows.clear();
        }
    }
}
