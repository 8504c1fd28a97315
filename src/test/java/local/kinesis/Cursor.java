package local.kinesis;

import java.time.Duration;
import java.util.List;

/** Follows a stream within the process, from its first record on. Not for several threads at once. */
public final class Cursor {
    private final DataStream stream;
    private int position;

    Cursor(DataStream stream) {
        this.stream = stream;
    }

    /** The records that arrived since the last call, in order; waits for some, and is empty after {@code timeout}. */
    public List<StoredRecord> next(Duration timeout) throws InterruptedException {
        List<StoredRecord> arrived = stream.awaitArrivals(position, timeout);
        position += arrived.size();
        return arrived;
    }
}
