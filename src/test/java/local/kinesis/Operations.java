package local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The operations on streams and shards: what is asked, as parsed, to what is answered. */
final class Operations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Streams streams;
    private final PutOperations puts;
    private final GetOperations gets;

    Operations(Streams streams, PutOperations puts) {
        this.streams = streams;
        this.puts = puts;
        this.gets = new GetOperations(streams);
    }

    ObjectNode answer(String operation, JsonNode request) {
        return switch (operation) {
            case "CreateStream" -> createStream(request);
            case "DescribeStream" -> describeStream(streams.of(request));
            case "DescribeStreamSummary" -> describeStreamSummary(streams.of(request));
            case "ListShards" -> listShards(streams.of(request));
            case "PutRecord" -> puts.putRecord(request);
            case "PutRecords" -> puts.putRecords(request);
            case "GetShardIterator" -> gets.getShardIterator(request);
            case "GetRecords" -> gets.getRecords(request);
            default -> throw ServiceException.unknownOperation();
        };
    }

    private ObjectNode createStream(JsonNode request) {
        streams.create(
                request.path("StreamName").asText(),
                request.path("ShardCount").asInt(1),
                request.path("MaxRecordSizeInKiB").asInt(KinesisServer.DEFAULT_MAX_RECORD_SIZE_IN_KIB));
        return NODES.objectNode();
    }

    private static ObjectNode describeStream(DataStream stream) {
        ObjectNode description = description(stream);
        description.set("Shards", shards(stream));
        description.put("HasMoreShards", false);
        return NODES.objectNode().set("StreamDescription", description);
    }

    private static ObjectNode describeStreamSummary(DataStream stream) {
        ObjectNode description = description(stream);
        description.put("OpenShardCount", stream.shards().size());
        description.put("MaxRecordSizeInKiB", stream.maxRecordSizeInKiB());
        return NODES.objectNode().set("StreamDescriptionSummary", description);
    }

    private static ObjectNode description(DataStream stream) {
        ObjectNode description = NODES.objectNode();
        description.put("StreamName", stream.name());
        description.put("StreamARN", stream.arn());
        description.put("StreamStatus", "ACTIVE");
        description.putObject("StreamModeDetails").put("StreamMode", "PROVISIONED");
        description.put("RetentionPeriodHours", 24);
        description.putPOJO("StreamCreationTimestamp", stream.createdAt());
        description.putArray("EnhancedMonitoring").addObject().putArray("ShardLevelMetrics");
        description.put("EncryptionType", "NONE");
        return description;
    }

    private static ObjectNode listShards(DataStream stream) {
        return NODES.objectNode().set("Shards", shards(stream));
    }

    private static ArrayNode shards(DataStream stream) {
        ArrayNode shards = NODES.arrayNode();
        for (Shard shard : stream.shards()) {
            ObjectNode node = shards.addObject().put("ShardId", shard.id());
            node.putObject("HashKeyRange")
                    .put("StartingHashKey", shard.startingHashKey().toString())
                    .put("EndingHashKey", shard.endingHashKey().toString());
            node.putObject("SequenceNumberRange").put("StartingSequenceNumber", shard.sequenceNumber(0));
        }
        return shards;
    }
}
