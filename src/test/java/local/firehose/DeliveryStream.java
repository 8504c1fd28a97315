package local.firehose;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A delivery stream with a Kinesis stream as its source and an S3 bucket as its destination.
 *
 * <p>It reads all shards from their first record on and never loses a record: what fails is tried again until the
 * stream is closed. Source and bucket may come to be after it. The service's order and number of deliveries are not
 * promised either, and what it may do in that respect is set through {@link #faults()}.
 */
public final class DeliveryStream implements AutoCloseable {
    private static final Duration PAUSE_WHEN_ALL_IS_READ = Duration.ofMillis(20);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(30);

    private final String name;
    private final KinesisClient kinesis;
    private final String source;
    private final Destination destination;
    private final DeliveryFaults faults = new DeliveryFaults();
    private final Counters counters = new Counters();
    private final Deliveries deliveries;
    private final Partitioner partitioner;
    private final Map<String, Buffer> buffers = new LinkedHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean flushRequested;

    private DeliveryStream(String name, KinesisClient kinesis, String source, S3Client s3, Destination destination) {
        this.name = name;
        this.kinesis = kinesis;
        this.source = source;
        this.destination = destination;
        this.deliveries = new Deliveries(s3, destination.bucket(), counters);
        this.partitioner = new Partitioner(destination);
        this.thread = new Thread(this::run, "firehose-" + name);
    }

    /**
     * Starts to deliver.
     *
     * @param name of the delivery stream, which is part of each key
     * @param source the name of the Kinesis stream
     */
    public static DeliveryStream start(
            String name, KinesisClient kinesis, String source, S3Client s3, Destination destination) {
        var stream = new DeliveryStream(name, kinesis, source, s3, destination);
        stream.thread.start();
        return stream;
    }

    /** What the service may do besides delivering each record once and in order. */
    public DeliveryFaults faults() {
        return faults;
    }

    /** What the stream has done. */
    public Counters counters() {
        return counters;
    }

    /** Soon writes what is buffered, whatever its size and age. */
    public void flush() {
        flushRequested = true;
    }

    /** Stops reading, and returns when all that was read is in S3, or after 30 seconds. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
            deliveries.await(LAST_DELIVERIES);
        } catch (InterruptedException urgent) {
            Thread.currentThread().interrupt();
        } finally {
            deliveries.stop();
        }
    }

    /** Ends at once, as if it had crashed: what was read and is not in S3 is lost. */
    public void kill() {
        deliveries.stop();
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            List<ShardReader> shards = List.of();
            while (closing.getCount() > 0) {
                Duration pause = PAUSE_AFTER_FAILURE;
                try {
                    if (shards.isEmpty()) {
                        shards = ShardReader.ofAllShards(kinesis, source);
                    }
                    pause = read(shards) ? Duration.ZERO : PAUSE_WHEN_ALL_IS_READ;
                } catch (SdkException unwell) {
                    counters.readFailed();
                }
                boolean all = flushRequested;
                if (all) {
                    flushRequested = false;
                }
                handOn(all);
                closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
            // The second time for what was held back until the first.
            handOn(true);
            handOn(true);
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads each shard once; true if any had records. */
    private boolean read(List<ShardReader> shards) throws InterruptedException {
        boolean any = false;
        for (ShardReader shard : shards) {
            List<Record> records = shard.read();
            counters.read(records.size());
            for (Record record : records) {
                for (BufferedRecord part : partitioner.parts(record.data(), record.approximateArrivalTimestamp())) {
                    add(part);
                }
            }
            any |= !records.isEmpty();
        }
        return any;
    }

    private void add(BufferedRecord record) throws InterruptedException {
        Partitioning partitioning = destination.partitioning();
        if (partitioning != null
                && !buffers.containsKey(record.prefix())
                && !record.prefix().startsWith(partitioning.errorPrefix())
                && buffers.size() >= partitioning.mostActive()) {
            add(partitioner.beyondTheLimit(record));
            return;
        }
        Buffer buffer = buffers.computeIfAbsent(record.prefix(), any -> new Buffer(destination));
        if (faults.holdsBackRecord()) {
            buffer.holdBack(record);
        } else {
            buffer.add(record);
        }
        if (faults.repeatsRecord()) {
            if (faults.inLaterObject()) {
                buffer.holdBack(record.asCopy());
            } else {
                buffer.add(record.asCopy());
            }
        }
        if (buffer.isFull()) {
            handOn(buffer);
        }
    }

    /** Hands on, to be written, all buffers or those that are old enough. */
    private void handOn(boolean all) throws InterruptedException {
        for (Buffer buffer : buffers.values()) {
            if (all || buffer.isDue()) {
                handOn(buffer);
            }
        }
        buffers.values().removeIf(Buffer::isDone);
    }

    private void handOn(Buffer buffer) throws InterruptedException {
        List<BufferedRecord> drained = buffer.drain();
        if (!drained.isEmpty()) {
            for (List<BufferedRecord> part : faults.parts(drained)) {
                write(part);
                if (faults.repeatsObject()) {
                    write(part.stream().map(BufferedRecord::asCopy).toList());
                }
            }
        }
    }

    private void write(List<BufferedRecord> records) throws InterruptedException {
        deliveries.add(new StagedObject(name, destination, records), faults.delay());
    }
}
