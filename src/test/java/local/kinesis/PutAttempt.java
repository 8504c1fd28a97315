package local.kinesis;

import software.amazon.awssdk.core.SdkBytes;

/** A record that is about to be stored. */
public record PutAttempt(String stream, String shardId, String partitionKey, SdkBytes data) {}
