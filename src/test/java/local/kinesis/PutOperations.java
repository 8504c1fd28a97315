package local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PutRecord and PutRecords.
 *
 * <p>What breaks a limit fails the whole call, and nothing of it is stored. Throttling and faults fail single records
 * of a PutRecords call; the records after them are stored all the same, as in the service.
 */
final class PutOperations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Streams streams;
    private final Limits limits;
    private final KinesisFaults faults;
    private final Counters counters;

    PutOperations(Streams streams, Limits limits, KinesisFaults faults, Counters counters) {
        this.streams = streams;
        this.limits = limits;
        this.faults = faults;
        this.counters = counters;
    }

    ObjectNode putRecord(JsonNode request) {
        PutEntry entry = PutEntry.read(request, "");
        DataStream stream = streams.of(request);
        stream.checkSize(entry, "");
        ObjectNode answer = NODES.objectNode();
        Optional<RecordError> error = put(stream, entry, answer);
        if (error.isPresent()) {
            throw ServiceException.of(error.get(), answer.path("ErrorMessage").asText());
        }
        return answer.put("EncryptionType", "NONE");
    }

    ObjectNode putRecords(JsonNode request) {
        List<PutEntry> entries = entries(request.path("Records"));
        limits.checkTotal(entries);
        DataStream stream = streams.of(request);
        for (int i = 0; i < entries.size(); i++) {
            stream.checkSize(entries.get(i), path(i));
        }
        ObjectNode answer = NODES.objectNode();
        ArrayNode results = answer.putArray("Records");
        long failed = entries.stream()
                .filter(entry -> put(stream, entry, results.addObject()).isPresent())
                .count();
        return answer.put("FailedRecordCount", failed).put("EncryptionType", "NONE");
    }

    private List<PutEntry> entries(JsonNode records) {
        limits.checkCount(records.size());
        List<PutEntry> entries = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            entries.add(PutEntry.read(record, path(entries.size())));
        }
        return entries;
    }

    private static String path(int index) {
        return "records." + (index + 1) + ".member.";
    }

    /** Stores an entry and writes its result; empty if that went well. */
    private Optional<RecordError> put(DataStream stream, PutEntry entry, ObjectNode result) {
        Shard shard = stream.shardOf(entry);
        Optional<RecordError> error = faults.ofRecord(
                        new PutAttempt(stream.name(), shard.id(), entry.partitionKey(), entry.data()))
                .or(() -> stream.hasCapacity(shard, entry, limits)
                        ? Optional.empty()
                        : Optional.of(RecordError.THROTTLED));
        if (error.isPresent()) {
            counters.rejected();
            result.put("ErrorCode", error.get().code());
            result.put("ErrorMessage", error.get().message(stream.name(), shard.id()));
        } else {
            StoredRecord stored = stream.store(shard, entry);
            counters.stored(entry);
            result.put("SequenceNumber", stored.sequenceNumber());
            result.put("ShardId", stored.shardId());
        }
        return error;
    }
}
