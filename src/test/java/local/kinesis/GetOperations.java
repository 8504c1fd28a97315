package local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** GetShardIterator and GetRecords. Iterators do not expire. */
final class GetOperations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_RECORDS = 10_000;
    private static final long MAX_BYTES = 10L * 1024 * 1024;

    private final Streams streams;

    GetOperations(Streams streams) {
        this.streams = streams;
    }

    ObjectNode getShardIterator(JsonNode request) {
        DataStream stream = streams.of(request);
        Shard shard = stream.shard(request.path("ShardId").asText());
        String start = request.path("StartingSequenceNumber").asText();
        String type = request.path("ShardIteratorType").asText();
        int position =
                switch (type) {
                    case "TRIM_HORIZON" -> 0;
                    case "LATEST" -> stream.size(shard);
                    case "AT_SEQUENCE_NUMBER" -> shard.position(start);
                    case "AFTER_SEQUENCE_NUMBER" -> shard.position(start) + 1;
                    default ->
                        throw ServiceException.invalidArgument("ShardIteratorType " + type + " is not imitated.");
                };
        return NODES.objectNode().put("ShardIterator", new ShardIterator(stream.name(), shard.id(), position).encode());
    }

    ObjectNode getRecords(JsonNode request) {
        ShardIterator iterator =
                ShardIterator.decode(request.path("ShardIterator").asText());
        DataStream stream = streams.named(iterator.stream());
        Shard shard = stream.shard(iterator.shardId());
        int limit = request.path("Limit").asInt(MAX_RECORDS);
        if (limit < 1 || limit > MAX_RECORDS) {
            throw ServiceException.validation("limit", "Member must have value between 1 and " + MAX_RECORDS);
        }
        List<StoredRecord> records = stream.read(shard, iterator.position(), limit, MAX_BYTES);
        int next = iterator.position() + records.size();

        ObjectNode answer = NODES.objectNode();
        ArrayNode nodes = answer.putArray("Records");
        for (StoredRecord record : records) {
            nodes.addObject()
                    .put("SequenceNumber", record.sequenceNumber())
                    .put("PartitionKey", record.partitionKey())
                    .put("Data", record.data().asByteArrayUnsafe())
                    .putPOJO("ApproximateArrivalTimestamp", record.approximateArrival());
        }
        return answer.put("NextShardIterator", iterator.at(next).encode())
                .put("MillisBehindLatest", millisBehind(stream.read(shard, next, 1, MAX_BYTES)));
    }

    private static long millisBehind(List<StoredRecord> unread) {
        return unread.isEmpty()
                ? 0
                : Duration.between(unread.get(0).approximateArrival(), Instant.now())
                        .toMillis();
    }
}
