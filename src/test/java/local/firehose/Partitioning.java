package local.firehose;

/**
 * Dynamic partitioning by schema and table.
 *
 * @param subRecords how records are taken apart first
 * @param errorPrefix where records go that have no partition; it gets the kind of error and the time behind it
 * @param mostActive how many partitions may be buffered at once; 500 in the service unless raised
 */
public record Partitioning(SubRecords subRecords, String errorPrefix, int mostActive) {
    static final int DEFAULT_MOST_ACTIVE = 500;

    /** As the service has it by default. */
    public static Partitioning of(SubRecords subRecords, String errorPrefix) {
        return new Partitioning(subRecords, errorPrefix, DEFAULT_MOST_ACTIVE);
    }
}
