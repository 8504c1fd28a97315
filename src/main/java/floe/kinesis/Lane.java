package floe.kinesis;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The records that wait under one partition key, in order. Lines are packed into records as they come; the first record
 * stays until it is known to be stored, and holds back its successors.
 */
final class Lane {

    private final String partitionKey;
    private final int packBytes;
    private final Deque<SdkBytes> waiting = new ArrayDeque<>();
    private final ByteArrayOutputStream packing = new ByteArrayOutputStream();

    Lane(String partitionKey, int packBytes) {
        this.partitionKey = partitionKey;
        this.packBytes = packBytes;
    }

    /** Adds a line behind all that waits. */
    void add(byte[] bytes, int from, int length) {
        if (packing.size() > 0 && packing.size() + length > packBytes) {
            closeRecord();
        }
        packing.write(bytes, from, length);
    }

    boolean isEmpty() {
        return waiting.isEmpty() && packing.size() == 0;
    }

    /** The first record that waits; the lane must not be empty. */
    PutRecordsRequestEntry first() {
        return PutRecordsRequestEntry.builder()
                .partitionKey(partitionKey)
                .data(firstData())
                .build();
    }

    /** Bytes that {@link #first()} counts in a call. */
    int firstBytes() {
        return firstData().asByteArrayUnsafe().length + partitionKey.length();
    }

    /** Lets go of the first record, which is stored, and returns the bytes of its data. */
    int removeFirst() {
        return waiting.removeFirst().asByteArrayUnsafe().length;
    }

    private SdkBytes firstData() {
        if (waiting.isEmpty()) {
            closeRecord();
        }
        return waiting.getFirst();
    }

    private void closeRecord() {
        waiting.addLast(SdkBytes.fromByteArrayUnsafe(packing.toByteArray()));
        packing.reset();
    }
}
