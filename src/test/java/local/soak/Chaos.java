package local.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import local.FloeProcess;
import local.LocalWorld;
import local.Tally;
import local.http.RequestFault;

/** Everything around Floe fails: a share of all that is asked of it, and parts of it at random moments; so does Floe. */
final class Chaos {

    private final LocalWorld world;
    private final FloeProcess floe;
    private final Random random;
    private final Tally strikes = new Tally();
    private final List<Striker> strikers = new ArrayList<>();

    /** @param seed of all random choices */
    Chaos(LocalWorld world, FloeProcess floe, long seed) {
        this.world = world;
        this.floe = floe;
        this.random = new Random(seed);
    }

    void begin() {
        failShares();
        strike(Strikes.onFloe(floe, new Random(random.nextLong())), 4, 20);
        strike(Strikes.onMySql(world.mysql(), new Random(random.nextLong())), 2, 10);
        strike(Strikes.onSnowflake(world.snowflake().faults(), new Random(random.nextLong())), 1, 5);
        strike(Strikes.onS3(world.s3()), 30, 90);
    }

    private void failShares() {
        world.kinesis()
                .faults()
                .seed(random.nextLong())
                .failRecords(0.05)
                .failRequests(RequestFault.THROTTLED, 0.03)
                .failRequests(RequestFault.FAILED, 0.02)
                .failRequests(RequestFault.FAILED_AFTER_DOING, 0.02)
                .failRequests(RequestFault.DROPPED_AFTER_DOING, 0.02);
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
                .failRequests(RequestFault.FAILED, 0.02)
                .failRequests(RequestFault.THROTTLED, 0.02)
                .failRequests(RequestFault.DROPPED, 0.02)
                .failRequests(RequestFault.DROPPED_AFTER_DOING, 0.02)
                .failRequests(RequestFault.CUT_SHORT, 0.02);
        world.snowflake().faults().seed(random.nextLong()).failRequests(RequestFault.UNAVAILABLE, 0.01);
    }

    private void strike(List<Strike> onOnePart, int leastSeconds, int mostSeconds) {
        strikers.add(new Striker(
                        onOnePart,
                        new Random(random.nextLong()),
                        Duration.ofSeconds(leastSeconds),
                        Duration.ofSeconds(mostSeconds),
                        strikes)
                .start());
    }

    /** Throws if something failed that should not, such as a stop of the application. */
    void check() throws Exception {
        for (Striker striker : strikers) {
            striker.check();
        }
    }

    /** Ends all faults; all parts are up when this returns. */
    void end() throws Exception {
        for (Striker striker : strikers) {
            striker.stop();
        }
        world.kinesis().faults().clear();
        world.firehose().faults().clear();
        world.s3().faults().clear();
        world.snowflake().faults().clear();
    }

    /** How many strikes of each kind there were so far. */
    Map<String, Long> strikes() {
        return strikes.counts();
    }
}
