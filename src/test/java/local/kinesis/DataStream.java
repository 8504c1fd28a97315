package local.kinesis;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A stream: its shards, and its records in the order in which they arrived. */
final class DataStream {
    /** The account under which everything local lives. */
    static final String ACCOUNT = "000000000000";

    private static final BigInteger HASH_KEYS = BigInteger.TWO.pow(128);
    private static final int KIB = 1024;

    private final String name;
    private final int maxRecordSizeInKiB;
    private final Instant createdAt = Instant.now();
    private final BigInteger hashKeysPerShard;
    private final List<Shard> shards;
    private final List<StoredRecord> arrivals = new ArrayList<>();

    DataStream(String name, int shardCount, int maxRecordSizeInKiB) {
        this.name = name;
        this.maxRecordSizeInKiB = maxRecordSizeInKiB;
        this.hashKeysPerShard = HASH_KEYS.divide(BigInteger.valueOf(shardCount));
        this.shards = IntStream.range(0, shardCount)
                .mapToObj(i -> new Shard(i, start(i), i == shardCount - 1 ? last(HASH_KEYS) : last(start(i + 1))))
                .toList();
    }

    private BigInteger start(int shard) {
        return hashKeysPerShard.multiply(BigInteger.valueOf(shard));
    }

    private static BigInteger last(BigInteger end) {
        return end.subtract(BigInteger.ONE);
    }

    String name() {
        return name;
    }

    String arn() {
        return "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/" + name;
    }

    int maxRecordSizeInKiB() {
        return maxRecordSizeInKiB;
    }

    Instant createdAt() {
        return createdAt;
    }

    List<Shard> shards() {
        return shards;
    }

    Shard shard(String id) {
        return shards.stream()
                .filter(shard -> shard.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ServiceException.resourceNotFound(
                        "Could not find shard " + id + " in stream " + name + " under account " + ACCOUNT + "."));
    }

    Shard shardOf(PutEntry entry) {
        int index = entry.hashKey().divide(hashKeysPerShard).intValueExact();
        return shards.get(Math.min(index, shards.size() - 1));
    }

    /** Refuses an entry whose data and partition key are larger than a record of this stream may be. */
    void checkSize(PutEntry entry, String path) {
        int limit = maxRecordSizeInKiB * KIB;
        if (entry.size() > limit) {
            throw ServiceException.validation(path + "data", "Member must have length less than or equal to " + limit);
        }
    }

    synchronized boolean hasCapacity(Shard shard, PutEntry entry, Limits limits) {
        return shard.capacity().take(entry.size(), limits, System.nanoTime());
    }

    synchronized StoredRecord store(Shard shard, PutEntry entry) {
        StoredRecord stored = shard.store(entry, Instant.now());
        arrivals.add(stored);
        notifyAll();
        return stored;
    }

    /** The records of a shard from a position on: at most {@code maxRecords}, and no more than {@code maxBytes}. */
    synchronized List<StoredRecord> read(Shard shard, int position, int maxRecords, long maxBytes) {
        List<StoredRecord> all = shard.records();
        int from = Math.min(position, all.size());
        int to = from;
        long bytes = 0;
        while (to < all.size() && to - from < maxRecords) {
            bytes += all.get(to).data().asByteArrayUnsafe().length;
            if (bytes > maxBytes && to > from) {
                break;
            }
            to++;
        }
        return List.copyOf(all.subList(from, to));
    }

    synchronized int size(Shard shard) {
        return shard.records().size();
    }

    synchronized List<StoredRecord> arrivals(int from) {
        return List.copyOf(arrivals.subList(from, arrivals.size()));
    }

    /** As {@link #arrivals}, but waits up to {@code timeout} for there to be some. */
    synchronized List<StoredRecord> awaitArrivals(int from, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (arrivals.size() <= from && left > 0) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        return arrivals(from);
    }
}
