package floe.capture;

import floe.binlog.Sighting;
import floe.kinesis.Turn;
import java.util.List;

/** Batches, as capture makes them, and what became of them. */
public final class Batches {

    private Batches() {}

    /** One whose turn has come. */
    public static Batch of(List<BinlogEvent> events) {
        return new Batch(events, Turn.first().next(), null);
    }

    /** How many changes of rows were written. */
    public static long rows(Batch batch) {
        return batch.rows();
    }

    /** What could not be written. */
    public static List<Sighting> unreadable(Batch batch) {
        return List.copyOf(batch.unreadable());
    }
}
