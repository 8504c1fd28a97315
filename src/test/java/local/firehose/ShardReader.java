package local.firehose;

import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads a shard from its first record on; after a failed call it goes on behind the last record read. */
final class ShardReader {
    private final KinesisClient kinesis;
    private final String stream;
    private final String shardId;
    private String iterator;
    private String lastSequenceNumber;

    ShardReader(KinesisClient kinesis, String stream, String shardId) {
        this.kinesis = kinesis;
        this.stream = stream;
        this.shardId = shardId;
    }

    /** One reader for each shard that the stream has now. */
    static List<ShardReader> ofAllShards(KinesisClient kinesis, String stream) {
        return kinesis.listShards(r -> r.streamName(stream)).shards().stream()
                .map(shard -> new ShardReader(kinesis, stream, shard.shardId()))
                .toList();
    }

    /** The next records, none if all are read. */
    List<Record> read() {
        String from = iterator == null ? newIterator() : iterator;
        iterator = null;
        GetRecordsResponse response = kinesis.getRecords(r -> r.shardIterator(from));
        iterator = response.nextShardIterator();
        List<Record> records = response.records();
        if (!records.isEmpty()) {
            lastSequenceNumber = records.get(records.size() - 1).sequenceNumber();
        }
        return records;
    }

    private String newIterator() {
        ShardIteratorType type =
                lastSequenceNumber == null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER;
        return kinesis.getShardIterator(r -> r.streamName(stream)
                        .shardId(shardId)
                        .shardIteratorType(type)
                        .startingSequenceNumber(lastSequenceNumber))
                .shardIterator();
    }
}
