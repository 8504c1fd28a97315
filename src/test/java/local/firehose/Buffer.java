package local.firehose;

import java.util.ArrayList;
import java.util.List;

/** What was read and not yet handed on. */
final class Buffer {
    private final Destination destination;
    private List<BufferedRecord> records = new ArrayList<>();
    private long bytes;
    private long firstAddedAt;

    Buffer(Destination destination) {
        this.destination = destination;
    }

    void add(BufferedRecord record) {
        if (records.isEmpty()) {
            firstAddedAt = System.nanoTime();
        }
        records.add(record);
        bytes += record.record().data().asByteArrayUnsafe().length;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean isFull() {
        return bytes >= destination.sizeInBytes();
    }

    boolean isOverdue() {
        return !records.isEmpty()
                && System.nanoTime() - firstAddedAt >= destination.interval().toNanos();
    }

    /** Empties the buffer. */
    List<BufferedRecord> drain() {
        List<BufferedRecord> drained = records;
        records = new ArrayList<>();
        bytes = 0;
        return drained;
    }
}
