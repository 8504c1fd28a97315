package local.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A shard: a range of hash keys and the records whose keys fall into it. Guarded by its stream. */
final class Shard {
    private final int index;
    private final BigInteger startingHashKey;
    private final BigInteger endingHashKey;
    private final List<StoredRecord> records = new ArrayList<>();
    private final WriteCapacity capacity = new WriteCapacity();

    Shard(int index, BigInteger startingHashKey, BigInteger endingHashKey) {
        this.index = index;
        this.startingHashKey = startingHashKey;
        this.endingHashKey = endingHashKey;
    }

    String id() {
        return "shardId-%012d".formatted(index);
    }

    BigInteger startingHashKey() {
        return startingHashKey;
    }

    BigInteger endingHashKey() {
        return endingHashKey;
    }

    WriteCapacity capacity() {
        return capacity;
    }

    StoredRecord store(PutEntry entry, Instant now) {
        var stored = new StoredRecord(id(), sequenceNumber(records.size()), entry.partitionKey(), entry.data(), now);
        records.add(stored);
        return stored;
    }

    List<StoredRecord> records() {
        return records;
    }

    /** 56 digits, as many as the service's own: "49", the shard, the number of the record within it from 1. */
    String sequenceNumber(long position) {
        return "49%012d%042d".formatted(index, position + 1);
    }

    /** The position of the record with that sequence number; one that is not of this shard is refused. */
    int position(String sequenceNumber) {
        String prefix = "49%012d".formatted(index);
        if (!sequenceNumber.matches(prefix + "\\d{42}")) {
            throw ServiceException.invalidArgument(
                    "StartingSequenceNumber " + sequenceNumber + " used in GetShardIterator on shard " + id()
                            + " under account " + DataStream.ACCOUNT + " is invalid.");
        }
        return new BigInteger(sequenceNumber.substring(prefix.length())).intValueExact() - 1;
    }
}
