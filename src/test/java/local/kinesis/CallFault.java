package local.kinesis;

/** What can befall a whole PutRecord or PutRecords call. */
public enum CallFault {
    /** HTTP 400, {@code ProvisionedThroughputExceededException}; nothing is stored. */
    THROTTLED(RecordError.THROTTLED, false),
    /** HTTP 500, {@code InternalFailure}; nothing is stored. */
    FAILED(RecordError.INTERNAL_FAILURE, false),
    /** HTTP 500, {@code InternalFailure}, although the records are stored: who retries stores them twice. */
    FAILED_AFTER_STORING(RecordError.INTERNAL_FAILURE, true),
    /** The connection is closed without an answer, although the records are stored. */
    DROPPED_AFTER_STORING(null, true);

    private final RecordError error;
    private final boolean stores;

    CallFault(RecordError error, boolean stores) {
        this.error = error;
        this.stores = stores;
    }

    boolean stores() {
        return stores;
    }

    boolean answers() {
        return error != null;
    }

    ServiceException exception() {
        return ServiceException.of(
                error, error == RecordError.THROTTLED ? "Rate exceeded." : "Internal service failure.");
    }
}
