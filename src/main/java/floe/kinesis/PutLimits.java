package floe.kinesis;

import floe.settings.Settings;

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

    /** Bytes in a record where the stream allows the most. */
    private static final int GREATEST_RECORD = 10 * 1024 * 1024;

    private static final int MOST_LANES = 10_000;

    /**
     * Reads the settings under {@code kinesis}.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    public static PutLimits read(Settings settings) {
        return new PutLimits(
                settings.number("kinesis.lanes", 1, MOST_LANES),
                settings.number("kinesis.pack-bytes", 1, GREATEST_RECORD),
                settings.number("kinesis.record-bytes", 1024, GREATEST_RECORD));
    }

    /** Bytes of the longest line that fits in a record of any lane. */
    public int roomForLine() {
        return room(lanes - 1);
    }

    /** Bytes of data that a record of the lane has room for; all characters of a partition key are one byte here. */
    int room(int lane) {
        return recordBytes - partitionKey(lane).length();
    }

    /** All lines of a lane go under one partition key; its characters are one byte each. */
    static String partitionKey(int lane) {
        return "lane-" + lane;
    }
}
