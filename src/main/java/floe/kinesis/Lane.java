package floe.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The lines that wait under one partition key, in order. They are packed into records as these are sent; the first record
 * stays until it is known to be stored, and holds back its successors.
 */
final class Lane {

    /** Follows the schema and the table in each line. */
    private static final byte[] TYPE = ",\"type\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Lines lines;
    private final RunMarks marks;
    private final int number;
    private final int packBytes;
    private final int room;
    /** Which lines wait: those at these places from {@code next} to {@code end}, exclusive. */
    private final int[] order;

    private final int end;
    private int next;
    private int afterFirst;
    private SdkBytes first;

    /**
     * @param order places of lines, of which those from {@code from} to {@code end}, exclusive, are of this lane; at least one
     * @param number of the lane, from 0
     * @param limits how much fits in a record, and in one that more lines than one share
     * @param marks give each record its marks
     */
    Lane(Lines lines, int[] order, int from, int end, int number, PutLimits limits, RunMarks marks) {
        this.lines = lines;
        this.order = order;
        this.next = from;
        this.end = end;
        this.number = number;
        this.room = limits.room(number);
        this.packBytes = Math.min(limits.packBytes(), room);
        this.marks = marks;
        pack();
    }

    boolean isEmpty() {
        return next == end;
    }

    /** The first record that waits; the lane must not be empty. */
    PutRecordsRequestEntry first() {
        return PutRecordsRequestEntry.builder()
                .partitionKey(PutLimits.partitionKey(number))
                .data(first)
                .build();
    }

    /** Bytes that {@link #first()} counts in a call. */
    int firstBytes() {
        return first.asByteArrayUnsafe().length + PutLimits.partitionKey(number).length();
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

    /**
     * A table of the record that is being packed.
     *
     * @param start where among the bytes of all lines one begins that is of it
     * @param length of what all of its lines begin with: its names
     */
    private record Marked(int start, int length) {}

    private void pack() {
        List<Marked> tables = new ArrayList<>();
        int bytes = 0;
        int last = next;
        while (last < end) {
            int line = order[last];
            Marked table = newTable(line, tables);
            int more = lines.length(line) + (table == null ? 0 : RunMarks.most(table.length()));
            if (last == next && more > room) {
                // Nobody will miss it: there is no room to count it.
                table = null;
                more = lines.length(line);
            } else if (last > next && bytes + more > packBytes) {
                break;
            }
            if (table != null) {
                tables.add(table);
            }
            bytes += more;
            last++;
        }
        first = SdkBytes.fromByteArrayUnsafe(record(tables, last));
        afterFirst = last;
    }

    /** The table of the line; null if it is among these, or the line names none. */
    private Marked newTable(int line, List<Marked> tables) {
        byte[] bytes = lines.bytes();
        int start = lines.start(line);
        int behind = start + lines.length(line);
        for (int i = tables.size() - 1; i >= 0; i--) {
            Marked table = tables.get(i);
            if (behind - start > table.length()
                    && isType(bytes, start + table.length())
                    && Arrays.equals(
                            bytes,
                            table.start(),
                            table.start() + table.length(),
                            bytes,
                            start,
                            start + table.length())) {
                return null;
            }
        }
        for (int at = start; at < behind - TYPE.length; at++) {
            if (bytes[at] == ',' && isType(bytes, at)) {
                return new Marked(start, at - start);
            }
        }
        return null;
    }

    /** A quote in a name has a backslash before it: in a line these bytes stand behind the table's name first. */
    private static boolean isType(byte[] bytes, int at) {
        return bytes.length - at >= TYPE.length && Arrays.equals(bytes, at, at + TYPE.length, TYPE, 0, TYPE.length);
    }

    private byte[] record(List<Marked> tables, int last) {
        List<byte[]> before = new ArrayList<>(tables.size());
        int bytes = 0;
        for (Marked table : tables) {
            byte[] mark = marks.next(
                    number, Arrays.copyOfRange(lines.bytes(), table.start(), table.start() + table.length()));
            before.add(mark);
            bytes += mark.length;
        }
        for (int i = next; i < last; i++) {
            bytes += lines.length(order[i]);
        }
        byte[] data = new byte[bytes];
        int at = 0;
        for (byte[] mark : before) {
            System.arraycopy(mark, 0, data, at, mark.length);
            at += mark.length;
        }
        for (int i = next; i < last; i++) {
            int length = lines.length(order[i]);
            System.arraycopy(lines.bytes(), lines.start(order[i]), data, at, length);
            at += length;
        }
        return data;
    }
}
