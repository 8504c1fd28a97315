package local.soak;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import local.LocalWorld;
import local.tables.Comparison;
import local.tables.Difference;
import local.tables.Mirrored;
import local.tables.Table;

/**
 * Whether and when both sides became equal, and stayed so once the last copy of the last record was loaded.
 *
 * @param comparison the last one
 * @param afterSeconds from the end of all faults until they were equal for good
 */
record Convergence(Comparison comparison, double afterSeconds) {

    /** Longer than Firehose delays an object. */
    private static final Duration FOR_GOOD = Duration.ofSeconds(6);

    private static final long PAUSE_MILLIS = 500;

    /** Waits until these are equal for good, or for so long that they will not be. */
    static Convergence await(LocalWorld world, List<Mirrored> all, Duration atMost) throws Exception {
        long began = System.nanoTime();
        long equalSince = -1;
        List<Mirrored> unequal = all;
        while (true) {
            // What differed is looked at again alone, until nothing of it does: then all is.
            Comparison comparison = compare(world, unequal);
            boolean whole = unequal.size() == all.size();
            unequal = comparison.isEqual() ? all : differing(comparison, all);
            long now = System.nanoTime();
            if (!comparison.isEqual() || !isAllLoaded(world)) {
                equalSince = -1;
            } else if (whole && equalSince < 0) {
                equalSince = now;
            }
            boolean forGood = equalSince >= 0 && now - equalSince > FOR_GOOD.toNanos();
            if (forGood || now - began > atMost.toNanos()) {
                return new Convergence(
                        whole ? comparison : compare(world, all), ((forGood ? equalSince : now) - began) / 1e9);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static Comparison compare(LocalWorld world, List<Mirrored> tables) throws Exception {
        try (Connection mysql = world.mysql().connection();
                Connection snowflake = world.snowflake().connection()) {
            return Comparison.of(mysql, snowflake, tables);
        }
    }

    private static List<Mirrored> differing(Comparison comparison, List<Mirrored> all) {
        Set<Table> tables =
                comparison.differences().stream().map(Difference::table).collect(Collectors.toSet());
        return all.stream()
                .filter(mirrored -> tables.contains(mirrored.table()))
                .toList();
    }

    private static boolean isAllLoaded(LocalWorld world) {
        return world.s3().keys(LocalWorld.BUCKET, "staging/").isEmpty()
                && world.firehose().counters().recordsStored()
                        >= world.kinesis().records(LocalWorld.STREAM).size();
    }
}
