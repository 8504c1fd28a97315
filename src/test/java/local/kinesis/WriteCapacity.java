package local.kinesis;

/**
 * What a shard may still take: two allowances that refill steadily and hold at most one second's worth.
 *
 * <p>A record larger than a second's worth passes when the allowance is full and overdraws it, so that the average still
 * holds, as with the large records of the service.
 */
final class WriteCapacity {
    private static final double NANOS_PER_SECOND = 1e9;

    private double records = Double.POSITIVE_INFINITY;
    private double bytes = Double.POSITIVE_INFINITY;
    private long refilledAt;

    /** Takes one record of {@code size} bytes out of the allowances; false if there is no room for it. */
    boolean take(int size, Limits limits, long nanoTime) {
        double seconds = (nanoTime - refilledAt) / NANOS_PER_SECOND;
        refilledAt = nanoTime;
        records = refilled(records, limits.recordsPerSecond(), seconds);
        bytes = refilled(bytes, limits.bytesPerSecond(), seconds);
        if (records < 1 || bytes < Math.min(size, limits.bytesPerSecond())) {
            return false;
        }
        records -= 1;
        bytes -= size;
        return true;
    }

    private static double refilled(double left, int perSecond, double seconds) {
        return perSecond == 0 ? Double.POSITIVE_INFINITY : Math.min(perSecond, left + seconds * perSecond);
    }
}
