package floe.ledger;

import floe.change.Heartbeat;
import floe.change.Position;
import floe.change.RecordMark;
import floe.change.StoredMarks;
import floe.change.TableId;
import java.time.Instant;
import java.util.List;

/** Marks as capture makes them. */
final class Marked {

    static final String STREAM = "orders";
    static final TableId ORDERS = new TableId("shop", "Orders");
    static final TableId ITEMS = new TableId("shop", "Items");

    private Marked() {}

    static RecordMark mark(String run, int lane, long number) {
        return new RecordMark(ORDERS, position(0), run, lane, number, null);
    }

    /** One with a heartbeat that names {@link #ORDERS}. */
    static RecordMark heartbeat(String run, int lane, long number, Instant at) {
        return heartbeat(run, lane, number, at, List.of(ORDERS));
    }

    static RecordMark heartbeat(String run, int lane, long number, Instant at, List<TableId> tables) {
        return of(run, lane, number, new Heartbeat(STREAM, at.toEpochMilli(), position(number), tables, null));
    }

    /** One whose heartbeat tells of the run before. */
    static RecordMark heartbeat(String run, int lane, long number, Instant at, StoredMarks before) {
        return of(run, lane, number, new Heartbeat(STREAM, at.toEpochMilli(), null, List.of(), before));
    }

    static Position position(long offset) {
        return new Position(1_795_367_406, 3, offset, 0);
    }

    private static RecordMark of(String run, int lane, long number, Heartbeat heartbeat) {
        return new RecordMark(ORDERS, position(0), run, lane, number, heartbeat);
    }
}
