package local.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A shard: a range of hash keys and the records whose keys fall into it. Guarded by its stream. */
final class Shard {
    private static final String SEQUENCE_NUMBER_DIGITS = "0".repeat(42);

    private final String id;
    private final String sequenceNumberPrefix;
    private final BigInteger startingHashKey;
    private final BigInteger endingHashKey;
    private final List<StoredRecord> records = new ArrayList<>();
    private final WriteCapacity capacity = new WriteCapacity();

    Shard(int index, BigInteger startingHashKey, BigInteger endingHashKey) {
        this.id = "shardId-%012d".formatted(index);
        this.sequenceNumberPrefix = "49%012d".formatted(index);
        this.startingHashKey = startingHashKey;
        this.endingHashKey = endingHashKey;
    }

    String id() {
        return id;
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
        String number = Long.toString(position + 1);
        return sequenceNumberPrefix + SEQUENCE_NUMBER_DIGITS.substring(number.length()) + number;
    }

    /** The position of the record with that sequence number; one that is not of this shard is refused. */
    int position(String sequenceNumber) {
        if (!sequenceNumber.matches(sequenceNumberPrefix + "\\d{42}")) {
            throw ServiceException.invalidArgument(
                    "StartingSequenceNumber " + sequenceNumber + " used in GetShardIterator on shard " + id()
                            + " under account " + DataStream.ACCOUNT + " is invalid.");
        }
        return new BigInteger(sequenceNumber.substring(sequenceNumberPrefix.length())).intValueExact() - 1;
    }
}
