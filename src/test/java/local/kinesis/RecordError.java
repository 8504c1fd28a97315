package local.kinesis;

/** Why the service did not store a record: the two error codes that a record of a PutRecords answer may carry. */
public enum RecordError {
    /** The shard has taken all it can this second. */
    THROTTLED(400, "ProvisionedThroughputExceededException"),
    /** The service failed. */
    INTERNAL_FAILURE(500, "InternalFailure");

    private final int status;
    private final String code;

    RecordError(int status, String code) {
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message(String stream, String shardId) {
        return this == THROTTLED
                ? "Rate exceeded for shard %s in stream %s under account %s."
                        .formatted(shardId, stream, DataStream.ACCOUNT)
                : "Internal service failure.";
    }
}
