package local.soak;

import java.sql.Connection;
import java.time.Duration;
import local.LocalWorld;

/**
 * Whether and when both sides became equal, and stayed so once the last copy of the last record was loaded.
 *
 * @param comparison the last one
 * @param afterSeconds from the end of all faults until they were equal for good
 */
record Convergence(Comparison comparison, double afterSeconds) {

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    /** Longer than Firehose delays an object. */
    private static final Duration FOR_GOOD = Duration.ofSeconds(6);

    private static final long PAUSE_MILLIS = 500;

    static Convergence await(LocalWorld world) throws Exception {
        long began = System.nanoTime();
        long equalSince = -1;
        while (true) {
            Comparison comparison;
            try (Connection mysql = world.mysql().connection();
                    Connection snowflake = world.snowflake().connection()) {
                comparison = Comparison.of(mysql, snowflake);
            }
            long now = System.nanoTime();
            if (!comparison.isEqual() || !isAllLoaded(world)) {
                equalSince = -1;
            } else if (equalSince < 0) {
                equalSince = now;
            }
            boolean forGood = equalSince >= 0 && now - equalSince > FOR_GOOD.toNanos();
            if (forGood || now - began > AT_MOST.toNanos()) {
                return new Convergence(comparison, ((forGood ? equalSince : now) - began) / 1e9);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isAllLoaded(LocalWorld world) {
        return world.s3().keys(LocalWorld.BUCKET, "staging/").isEmpty()
                && world.firehose().counters().recordsStored()
                        >= world.kinesis().records(LocalWorld.STREAM).size();
    }
}
