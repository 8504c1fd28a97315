package floe.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of values, the same in every process. */
final class Hash {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** An odd number whose bits are spread well: 2^64 divided by the golden ratio. */
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

    private Hash() {}

    static int of(long number) {
        long mixed = number * FACTOR;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** Zero has one hash, whatever its sign: Snowflake does not tell the two apart. */
    static int of(double number) {
        return of(Double.doubleToLongBits(number + 0.0));
    }

    static int of(byte[] bytes, int from, int length) {
        long hash = length;
        int end = from + length;
        int at = from;
        for (; at <= end - 8; at += 8) {
            hash = (hash ^ (long) EIGHT.get(bytes, at)) * FACTOR;
            hash ^= hash >>> 29;
        }
        for (; at < end; at++) {
            hash = (hash ^ (bytes[at] & 0xff)) * FACTOR;
        }
        return of(hash);
    }
}
