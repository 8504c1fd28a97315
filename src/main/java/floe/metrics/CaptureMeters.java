package floe.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Counts what capture does, a batch or a call at a time. All that are made for one registry are the same meters.
 *
 * <p>May be used by several threads.
 */
public final class CaptureMeters {

    private final Counter rows;
    private final Timer batches;
    private final Counter records;
    private final Counter rejectedRecords;
    private final Counter bytes;
    private final Timer puts;
    private final Timer failedPuts;
    private final Counter oversizeRows;
    private final Counter restarts;

    /** @param registry to keep them in */
    public CaptureMeters(MeterRegistry registry) {
        rows = counter("rows", "Changes of rows that Kinesis has acknowledged", registry);
        batches = Timer.builder("floe.capture.batch")
                .description("Time of a batch of changes from the engine to the saved position")
                .register(registry);
        records = counter("records", "Records that Kinesis has stored", registry);
        rejectedRecords =
                counter("records.rejected", "Records that Kinesis rejected and that were sent again", registry);
        bytes = Counter.builder("floe.capture.bytes")
                .description("Bytes in the records that Kinesis has stored")
                .baseUnit("bytes")
                .register(registry);
        puts = put("answered", registry);
        failedPuts = put("failed", registry);
        oversizeRows = counter("oversize.rows", "Rows too large for a record, which wait in S3", registry);
        restarts = counter("engine.restarts", "Times that the engine ended and is started again", registry);
    }

    /** Kinesis has all of a batch, and the position after it is saved. */
    public void acknowledged(long rowsOfBatch, Duration time) {
        rows.increment((double) rowsOfBatch);
        batches.record(time);
    }

    /** The engine has ended against its will. */
    public void restarting() {
        restarts.increment();
    }

    /** A call was answered. */
    public void put(int stored, long storedBytes, int rejected, Duration time) {
        records.increment(stored);
        bytes.increment((double) storedBytes);
        rejectedRecords.increment(rejected);
        puts.record(time);
    }

    /** A call failed as a whole. */
    public void putFailed(Duration time) {
        failedPuts.record(time);
    }

    /** A row is stored beside the stream. */
    public void oversize() {
        oversizeRows.increment();
    }

    private static Counter counter(String name, String description, MeterRegistry registry) {
        return Counter.builder("floe.capture." + name).description(description).register(registry);
    }

    private static Timer put(String outcome, MeterRegistry registry) {
        return Timer.builder("floe.capture.put")
                .description("Time of a PutRecords call")
                .tag("outcome", outcome)
                .register(registry);
    }
}
