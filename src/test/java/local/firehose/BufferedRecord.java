package local.firehose;

import java.time.Instant;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A record on its way to S3, or a part of one that was taken apart.
 *
 * @param prefix of the object it goes to, evaluated but for the time
 * @param arrival when Kinesis took the record
 * @param copy whether a fault repeats one that goes there anyway
 */
record BufferedRecord(String prefix, SdkBytes data, Instant arrival, boolean copy) {
    BufferedRecord asCopy() {
        return new BufferedRecord(prefix, data, arrival, true);
    }
}
