package local.kinesis;

import java.time.Instant;
import software.amazon.awssdk.core.SdkBytes;

/** A record as a stream holds it; sequence numbers rise strictly within a shard, as text and as numbers. */
public record StoredRecord(
        String shardId, String sequenceNumber, String partitionKey, SdkBytes data, Instant approximateArrival) {}
