package local.firehose;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Takes records apart and finds the prefix of each part: RecordDeAggregation, then MetadataExtraction of {@code
 * {schema:.schema,table:.table}}.
 *
 * <p>The service has the query as a setting; this is the one that matters here.
 */
final class Partitioner {
    /** Source: "Apply dynamic partitioning to aggregated data" in the Firehose developer guide. */
    private static final int MOST_SUB_RECORDS = 500;

    private static final List<String> KEYS = List.of("schema", "table");
    private static final JsonMapper JSON = new JsonMapper();

    private final Destination destination;

    Partitioner(Destination destination) {
        this.destination = destination;
    }

    /** What becomes of a record; all of it goes to the error prefix if it cannot be taken apart. */
    List<BufferedRecord> parts(SdkBytes record, Instant arrival) {
        if (destination.partitioning() == null) {
            return List.of(new BufferedRecord(destination.prefix(), record, arrival, false));
        }
        List<SdkBytes> parts;
        try {
            parts = subRecords(record);
        } catch (JsonProcessingException e) {
            return List.of(failed("RecordDeAggregationFailed", record, arrival));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (parts.size() > MOST_SUB_RECORDS) {
            return List.of(failed("RecordDeAggregationFailed", record, arrival));
        }
        return parts.stream().map(part -> partitioned(part, arrival)).toList();
    }

    /** The record as it goes to the error prefix because there are too many partitions. */
    BufferedRecord beyondTheLimit(BufferedRecord record) {
        return failed("activePartitionExceeded", record.data(), record.arrival());
    }

    private List<SdkBytes> subRecords(SdkBytes record) throws IOException {
        return switch (destination.partitioning().subRecords()) {
            case NONE -> List.of(record);
            case LINES -> lines(record);
            case JSON -> objects(record);
        };
    }

    private static List<SdkBytes> lines(SdkBytes record) {
        return record.asUtf8String()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(SdkBytes::fromUtf8String)
                .toList();
    }

    private static List<SdkBytes> objects(SdkBytes record) throws IOException {
        byte[] bytes = record.asByteArrayUnsafe();
        List<SdkBytes> objects = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(bytes)) {
            while (parser.nextToken() != null) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int end = (int) parser.currentLocation().getByteOffset();
                objects.add(SdkBytes.fromByteArray(Arrays.copyOfRange(bytes, start, end)));
            }
        }
        return objects;
    }

    private BufferedRecord partitioned(SdkBytes part, Instant arrival) {
        Map<String, String> keys = new LinkedHashMap<>();
        try {
            JsonNode event = JSON.readTree(part.asByteArrayUnsafe());
            KEYS.stream()
                    .filter(event::hasNonNull)
                    .forEach(key -> keys.put(key, event.get(key).asText()));
        } catch (IOException notJson) {
            // It has no keys then.
        }
        return keys.keySet().containsAll(KEYS)
                ? new BufferedRecord(Prefix.withKeys(destination.prefix(), keys), part, arrival, false)
                : failed("MetadataExtractionFailed", part, arrival);
    }

    private BufferedRecord failed(String kind, SdkBytes data, Instant arrival) {
        String report = JSON.createObjectNode()
                .put("errorCode", "DynamicPartitioning." + kind)
                .put("arrivalTimestamp", arrival.toEpochMilli())
                .put("rawData", data.asByteArrayUnsafe())
                .toString();
        return new BufferedRecord(
                destination.partitioning().errorPrefix() + kind + "/", SdkBytes.fromUtf8String(report), arrival, false);
    }
}
