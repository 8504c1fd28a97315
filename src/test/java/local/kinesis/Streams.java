package local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that there are, by name. */
final class Streams {
    private static final int MIN_RECORD_SIZE_IN_KIB = 1024;
    private static final int MAX_RECORD_SIZE_IN_KIB = 10 * 1024;

    private final Map<String, DataStream> byName = new ConcurrentHashMap<>();

    DataStream create(String name, int shardCount, int maxRecordSizeInKiB) {
        if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
            throw ServiceException.validation(
                    "streamName", "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }
        if (shardCount < 1) {
            throw ServiceException.validation("shardCount", "Member must have value greater than or equal to 1");
        }
        if (maxRecordSizeInKiB < MIN_RECORD_SIZE_IN_KIB || maxRecordSizeInKiB > MAX_RECORD_SIZE_IN_KIB) {
            throw ServiceException.validation("maxRecordSizeInKiB", "Member must have value between 1024 and 10240");
        }
        var stream = new DataStream(name, shardCount, maxRecordSizeInKiB);
        if (byName.putIfAbsent(name, stream) != null) {
            throw ServiceException.resourceInUse(
                    "Stream " + name + " under account " + DataStream.ACCOUNT + " already exists.");
        }
        return stream;
    }

    /** The stream that a request names by {@code StreamName} or {@code StreamARN}. */
    DataStream of(JsonNode request) {
        if (request.hasNonNull("StreamName")) {
            return named(request.get("StreamName").asText());
        }
        if (request.hasNonNull("StreamARN")) {
            String arn = request.get("StreamARN").asText();
            return named(arn.substring(arn.indexOf('/') + 1));
        }
        throw ServiceException.invalidArgument("Either StreamName or StreamARN must be provided.");
    }

    DataStream named(String name) {
        DataStream stream = byName.get(name);
        if (stream == null) {
            throw ServiceException.resourceNotFound(
                    "Stream " + name + " under account " + DataStream.ACCOUNT + " not found.");
        }
        return stream;
    }
}
