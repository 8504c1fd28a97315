package local.kinesis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server has done since it started. */
public final class Counters {
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder rejectedRecords = new LongAdder();

    Counters() {}

    /** Calls of an operation, such as {@code PutRecords}, those that failed included. */
    public long calls(String operation) {
        LongAdder count = calls.get(operation);
        return count == null ? 0 : count.sum();
    }

    /** Records stored. */
    public long records() {
        return records.sum();
    }

    /** Bytes stored: data and partition keys. */
    public long bytes() {
        return bytes.sum();
    }

    /** Records turned away singly, by throttling or a fault; not those of a call that failed as a whole. */
    public long rejectedRecords() {
        return rejectedRecords.sum();
    }

    void called(String operation) {
        calls.computeIfAbsent(operation, unseen -> new LongAdder()).increment();
    }

    void stored(PutEntry entry) {
        records.increment();
        bytes.add(entry.size());
    }

    void rejected() {
        rejectedRecords.increment();
    }
}
