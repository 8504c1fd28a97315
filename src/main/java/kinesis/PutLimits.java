package kinesis;

/**
 * How much fits where.
 *
 * @param lanes number of partition keys, hence of records in flight; from 1
 * @param packBytes lines waiting together are packed into records of at most so many bytes; a larger line still goes
 *     alone; 1 = one line per record
 * @param recordBytes the greatest record, partition key included
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
 */
public record PutLimits(int lanes, int packBytes, int recordBytes) {

    /** Records in one PutRecords call. */
    static final int CALL_RECORDS = 500;

    /** Bytes in one PutRecords call, partition keys included. */
    static final int CALL_BYTES = 5 * 1024 * 1024;
}
