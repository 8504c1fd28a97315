package local.firehose;

import java.time.Duration;

/**
 * Where a delivery stream writes, and how: the ExtendedS3DestinationConfiguration of the service.
 *
 * @param prefix put before the time in each key; may be empty; may have expressions
 * @param sizeInBytes an object is written when this much is buffered; the service counts in MiB, from 1 to 128
 * @param interval or when the oldest buffered record has waited this long; in the service 0 to 900 seconds
 * @param appendDelimiter whether the processor AppendDelimiterToRecord adds a newline to each record
 * @param gzip whether objects are compressed, their keys ending in {@code .gz}
 * @param partitioning dynamic partitioning; null if there is none
 */
public record Destination(
        String bucket,
        String prefix,
        int sizeInBytes,
        Duration interval,
        boolean appendDelimiter,
        boolean gzip,
        Partitioning partitioning) {
    /** 0.2 MiB, below what the service allows: soon full enough to watch. */
    public static final int DEFAULT_SIZE_IN_BYTES = 209_715;

    /** Plain objects with a newline after each record, of 0.2 MiB or a second. */
    public static Destination bucket(String bucket) {
        return new Destination(bucket, "", DEFAULT_SIZE_IN_BYTES, Duration.ofSeconds(1), true, false, null);
    }

    /** This, with another prefix. */
    public Destination prefix(String newPrefix) {
        return new Destination(bucket, newPrefix, sizeInBytes, interval, appendDelimiter, gzip, partitioning);
    }

    /** This, with other buffering hints. */
    public Destination buffering(int newSizeInBytes, Duration newInterval) {
        return new Destination(bucket, prefix, newSizeInBytes, newInterval, appendDelimiter, gzip, partitioning);
    }

    /** This, with the processor AppendDelimiterToRecord on or off. */
    public Destination appendDelimiter(boolean append) {
        return new Destination(bucket, prefix, sizeInBytes, interval, append, gzip, partitioning);
    }

    /** This, with compression on or off. */
    public Destination gzip(boolean compress) {
        return new Destination(bucket, prefix, sizeInBytes, interval, appendDelimiter, compress, partitioning);
    }

    /** This, with dynamic partitioning; the prefix then names the keys {@code schema} and {@code table}. */
    public Destination partitioning(Partitioning newPartitioning) {
        return new Destination(bucket, prefix, sizeInBytes, interval, appendDelimiter, gzip, newPartitioning);
    }
}
