package floe.kinesis;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The lines that wait under one partition key, in order. They are packed into records as these are sent; the first record
 * stays until it is known to be stored, and holds back its successors.
 */
final class Lane {

    private final Lines lines;
    private final String partitionKey;
    private final int packBytes;
    /** Which lines wait: those at these places from {@code next} to {@code end}, exclusive. */
    private final int[] order;

    private final int end;
    private int next;
    private int afterFirst;
    private SdkBytes first;

    /**
     * @param order places of lines, of which those from {@code from} to {@code end}, exclusive, are of this lane; at least one
     * @param packBytes of a record that more lines than one share
     */
    Lane(Lines lines, int[] order, int from, int end, String partitionKey, int packBytes) {
        this.lines = lines;
        this.order = order;
        this.next = from;
        this.end = end;
        this.partitionKey = partitionKey;
        this.packBytes = packBytes;
        pack();
    }

    boolean isEmpty() {
        return next == end;
    }

    /** The first record that waits; the lane must not be empty. */
    PutRecordsRequestEntry first() {
        return PutRecordsRequestEntry.builder()
                .partitionKey(partitionKey)
                .data(first)
                .build();
    }

    /** Bytes that {@link #first()} counts in a call. */
    int firstBytes() {
        return first.asByteArrayUnsafe().length + partitionKey.length();
    }

    /** Lets go of the first record, which is stored, and returns the bytes of its data. */
    int removeFirst() {
        int bytes = first.asByteArrayUnsafe().length;
        next = afterFirst;
        first = null;
        if (!isEmpty()) {
            pack();
        }
        return bytes;
    }

    private void pack() {
        int bytes = lines.length(order[next]);
        int last = next + 1;
        while (last < end && bytes + lines.length(order[last]) <= packBytes) {
            bytes += lines.length(order[last++]);
        }
        byte[] data = new byte[bytes];
        int at = 0;
        for (int i = next; i < last; i++) {
            int length = lines.length(order[i]);
            System.arraycopy(lines.bytes(), lines.start(order[i]), data, at, length);
            at += length;
        }
        first = SdkBytes.fromByteArrayUnsafe(data);
        afterFirst = last;
    }
}
