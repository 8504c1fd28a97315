package floe.capture;

import floe.binlog.BinlogPlace;
import floe.binlog.Sighting;
import floe.change.StoredMarks;
import floe.change.TableId;
import floe.kinesis.Beat;
import floe.kinesis.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one exchange of the route stores: events in order. Whoever writes them tells it what could not be written. It is
 * handed from thread to thread, never shared.
 */
public final class Batch {

    private final List<BinlogEvent> events;
    private final Turn turn;
    private final Beat beat;
    private final List<Sighting.Unseen> unreadable = new ArrayList<>();
    private long rows;
    private StoredMarks stored;

    /** @param beat what heartbeats are to tell behind the events; null for none */
    Batch(List<BinlogEvent> events, Turn turn, Beat beat) {
        this.events = List.copyOf(events);
        this.turn = turn;
        this.beat = beat;
    }

    /** The events, in order. */
    public List<BinlogEvent> events() {
        return events;
    }

    /** When it may be stored: after the batch before it. */
    public Turn turn() {
        return turn;
    }

    /** What heartbeats are to tell behind the events; null for none. */
    public Beat beat() {
        return beat;
    }

    /** These changes of rows are written. */
    public void written(long changes) {
        rows += changes;
    }

    /**
     * An event of a table cannot be written: the table is set aside once the batch is stored, and the others go on.
     *
     * @param what cannot be, and why, without any value of a row
     */
    public void setAside(TableId table, String what, Origin origin) {
        unreadable.add(new Sighting.Unseen(
                Set.of(table), what, new BinlogPlace(origin.file(), origin.offset(), origin.gtid(), origin.millis())));
    }

    /** All of it is stored, and this is what is stored by now; null if whoever stores does not count. */
    void stored(StoredMarks marks) {
        stored = marks;
    }

    /** What is stored with it; null if nobody counts, or nothing of it was to be stored. */
    StoredMarks stored() {
        return stored;
    }

    /** Whether there is anything to store. */
    boolean isEmpty() {
        return events.isEmpty() && beat == null;
    }

    long rows() {
        return rows;
    }

    List<Sighting.Unseen> unreadable() {
        return unreadable;
    }
}
