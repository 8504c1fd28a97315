package local.kinesis;

import java.util.List;

/**
 * What the service refuses. May be changed while it runs.
 *
 * <p>Sources: API reference of PutRecords; "Quotas and limits" and "Handle large records" in the developer guide. The
 * size of a record is limited stream by stream, see {@link KinesisServer#createStream(String, int, int)}.
 */
public final class Limits {
    /** A PutRecords call holds at most 500 records. */
    public static final int RECORDS_PER_CALL = 500;
    /** A PutRecords call holds at most 5 MiB; the service raised this to 10 MiB in October 2025. */
    public static final int BYTES_PER_CALL = 5 * 1024 * 1024;
    /** A shard takes 1,000 records a second. */
    public static final int RECORDS_PER_SECOND = 1_000;
    /** A shard takes 1 MiB a second. */
    public static final int BYTES_PER_SECOND = 1024 * 1024;

    private static final int MIB = 1024 * 1024;

    private volatile int bytesPerCall = BYTES_PER_CALL;
    private volatile int recordsPerSecond;
    private volatile int bytesPerSecond;

    Limits() {}

    /** Data and partition keys of a PutRecords call together, in bytes; 5 MiB unless set. */
    public Limits bytesPerCall(int bytes) {
        bytesPerCall = bytes;
        return this;
    }

    /** Throttles each shard; 0, the initial value of both, is no limit. */
    public Limits perShard(int maxRecordsPerSecond, int maxBytesPerSecond) {
        recordsPerSecond = maxRecordsPerSecond;
        bytesPerSecond = maxBytesPerSecond;
        return this;
    }

    /** Throttles each shard as the service does. */
    public Limits perShardAsInService() {
        return perShard(RECORDS_PER_SECOND, BYTES_PER_SECOND);
    }

    int recordsPerSecond() {
        return recordsPerSecond;
    }

    int bytesPerSecond() {
        return bytesPerSecond;
    }

    void checkCount(int records) {
        if (records < 1) {
            throw ServiceException.validation("records", "Member must have length greater than or equal to 1");
        }
        if (records > RECORDS_PER_CALL) {
            throw ServiceException.validation(
                    "records", "Member must have length less than or equal to " + RECORDS_PER_CALL);
        }
    }

    void checkTotal(List<PutEntry> entries) {
        if (entries.stream().mapToLong(PutEntry::size).sum() > bytesPerCall) {
            throw ServiceException.invalidArgument("Records size exceeds " + bytesPerCall / MIB + " MB limit");
        }
    }
}
