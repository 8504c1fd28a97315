package local.firehose;

import java.util.concurrent.atomic.LongAdder;

/** What a delivery stream has done since it started. */
public final class Counters {
    private final LongAdder recordsRead = new LongAdder();
    private final LongAdder recordsStored = new LongAdder();
    private final LongAdder objects = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder failedReads = new LongAdder();
    private final LongAdder failedPuts = new LongAdder();

    Counters() {}

    /** Records read from Kinesis. */
    public long recordsRead() {
        return recordsRead.sum();
    }

    /** Records that are in S3, each counted once however often faults repeated it. */
    public long recordsStored() {
        return recordsStored.sum();
    }

    /** Objects written. */
    public long objects() {
        return objects.sum();
    }

    /** Bytes written, compressed where objects are. */
    public long bytes() {
        return bytes.sum();
    }

    /** Calls to Kinesis that failed, and were or will be repeated. */
    public long failedReads() {
        return failedReads.sum();
    }

    /** Objects that S3 did not take, each time counted. */
    public long failedPuts() {
        return failedPuts.sum();
    }

    void read(int records) {
        recordsRead.add(records);
    }

    void stored(StagedObject object) {
        recordsStored.add(object.records());
        objects.increment();
        bytes.add(object.content().length);
    }

    void readFailed() {
        failedReads.increment();
    }

    void putFailed() {
        failedPuts.increment();
    }
}
