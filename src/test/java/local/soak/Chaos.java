package local.soak;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import local.LocalWorld;
import local.kinesis.CallFault;
import local.s3.RequestFault;

/** Faults in everything around Floe: some all the time, some at a moment. Counts those of a moment. */
final class Chaos {

    private final LocalWorld world;
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();

    Chaos(LocalWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** Begins with the faults that are there all the time. */
    void begin() {
        world.kinesis()
                .faults()
                .seed(random.nextLong())
                .failRecords(0.05)
                .failCalls(CallFault.THROTTLED, 0.03)
                .failCalls(CallFault.FAILED, 0.02)
                .failCalls(CallFault.FAILED_AFTER_STORING, 0.02)
                .failCalls(CallFault.DROPPED_AFTER_STORING, 0.02);
        world.firehose()
                .faults()
                .seed(random.nextLong())
                .repeatRecords(0.05)
                .holdBackRecords(0.05)
                .repeatObjects(0.1)
                .shuffleBuffers(0.3)
                .splitBuffers(0.3, 3)
                .delayObjects(0.3, Duration.ofSeconds(5));
        world.s3()
                .faults()
                .seed(random.nextLong())
                .failRequests(RequestFault.INTERNAL_ERROR, 0.01)
                .failRequests(RequestFault.SLOW_DOWN, 0.01)
                .failRequests(RequestFault.DROPPED, 0.01)
                .failRequests(RequestFault.DROPPED_AFTER_DOING, 0.01)
                .failRequests(RequestFault.CUT_SHORT, 0.01);
        world.snowflake().faults().refuseFraction(0.01, random.nextLong(), 503);
    }

    /** One fault of a moment in Snowflake or MySQL. */
    void strike() throws SQLException {
        var snowflake = world.snowflake().faults();
        switch (random.nextInt(7)) {
            case 0 -> {
                count("Snowflake 429");
                snowflake.refuseNext(1, 429);
            }
            case 1 -> {
                count("Snowflake connection dropped after executing");
                snowflake.dropAfterExecuting(1);
            }
            case 2 -> {
                count("Snowflake connection dropped before executing");
                snowflake.dropBeforeExecuting(1);
            }
            case 3 -> {
                count("Snowflake sessions expired");
                snowflake.expireSessions();
            }
            case 4 -> {
                count("Snowflake sessions lost");
                snowflake.forgetSessions();
            }
            case 5 -> {
                count("Snowflake transaction aborted");
                snowflake.failNext(
                        1,
                        sql -> sql.startsWith("MERGE"),
                        625,
                        "57014",
                        "Statement aborted: the transaction was aborted");
            }
            default -> {
                count("MySQL binlog rotated");
                world.mysql().rotateBinlog();
            }
        }
    }

    /** Notes a fault that was done elsewhere. */
    void count(String fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    /** Ends all faults. */
    void end() {
        world.kinesis().faults().clear();
        world.firehose().faults().clear();
        world.s3().faults().clear();
        world.snowflake().faults().clear();
    }

    /** The faults of a moment, by kind. */
    Map<String, Integer> counts() {
        return counts;
    }
}
