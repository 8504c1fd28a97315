package local.firehose;

import software.amazon.awssdk.services.kinesis.model.Record;

/** A record on its way to S3; {@code copy} where a fault repeats one that goes there anyway. */
record BufferedRecord(Record record, boolean copy) {
    BufferedRecord asCopy() {
        return new BufferedRecord(record, true);
    }
}
