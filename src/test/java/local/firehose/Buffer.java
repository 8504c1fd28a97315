package local.firehose;

import java.util.ArrayList;
import java.util.List;

/** What was read for one prefix and not yet handed on. */
final class Buffer {
    private final Destination destination;
    private final List<BufferedRecord> heldBack = new ArrayList<>();
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
        bytes += record.data().asByteArrayUnsafe().length;
    }

    /** Keeps a record for a later object. */
    void holdBack(BufferedRecord record) {
        heldBack.add(record);
    }

    boolean isFull() {
        return bytes >= destination.sizeInBytes();
    }

    /** Whether it is old enough to be drained, or has nothing that what is held back should wait for. */
    boolean isDue() {
        return records.isEmpty()
                || System.nanoTime() - firstAddedAt >= destination.interval().toNanos();
    }

    /** Whether nothing is in it, not even held back. */
    boolean isDone() {
        return records.isEmpty() && heldBack.isEmpty();
    }

    /** Empties the buffer; what was held back for a later object is then the first of the next. */
    List<BufferedRecord> drain() {
        List<BufferedRecord> drained = records;
        records = new ArrayList<>();
        bytes = 0;
        heldBack.forEach(this::add);
        heldBack.clear();
        return drained;
    }
}
