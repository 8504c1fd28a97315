package local.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Counts the lines of {@link Backlog#TABLE} that are changes of rows, eight bytes at a time. */
final class ChangeLines {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;

    /** Where the type begins in a line: after its schema and its table. */
    private static final int TYPE_AT = "{'schema':'%s','table':'%s','type':'"
            .formatted((Object[]) Backlog.TABLE.split("\\.", -1))
            .getBytes(StandardCharsets.UTF_8)
            .length;

    private ChangeLines() {}

    /** How many there are in a part of {@code data}, which begins and ends with a line. */
    static int count(byte[] data, int from, int length) {
        int changes = 0;
        int end = from + length;
        int line = from;
        int at = from;
        for (; at + 8 <= end; at += 8) {
            long differing = (long) EIGHT.get(data, at) ^ NEWLINES;
            // The highest bit of each byte that is a newline.
            long found = ~(((differing & LOW_BITS) + LOW_BITS) | differing | LOW_BITS);
            for (; found != 0; found &= found - 1) {
                int newline = at + Long.numberOfTrailingZeros(found) / 8;
                changes += isChange(data, line, newline) ? 1 : 0;
                line = newline + 1;
            }
        }
        for (; at < end; at++) {
            if (data[at] == '\n') {
                changes += isChange(data, line, at) ? 1 : 0;
                line = at + 1;
            }
        }
        return changes;
    }

    /** WriteRowsEvent, UpdateRowsEvent or DeleteRowsEvent, and no QueryEvent, SnapshotEvent or the like. */
    private static boolean isChange(byte[] data, int line, int newline) {
        if (newline - line <= TYPE_AT) {
            return false;
        }
        byte type = data[line + TYPE_AT];
        return type == 'W' || type == 'U' || type == 'D';
    }
}
