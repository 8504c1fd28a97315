package local.soak;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import local.Tally;

/** Strikes at random moments, in a thread of its own, until it is stopped. */
final class Striker {

    private final List<Strike> strikes;
    private final Random random;
    private final Duration shortest;
    private final Duration longest;
    private final Tally tally;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;
    private volatile Exception failure;

    /**
     * @param random chooses strikes and pauses
     * @param shortest pause between two strikes
     * @param tally counts the strikes
     */
    Striker(List<Strike> strikes, Random random, Duration shortest, Duration longest, Tally tally) {
        this.strikes = List.copyOf(strikes);
        this.random = random;
        this.shortest = shortest;
        this.longest = longest;
        this.tally = tally;
        this.thread = new Thread(this::run, "striker");
        thread.setDaemon(true);
    }

    Striker start() {
        thread.start();
        return this;
    }

    /** Returns when a strike under way is over; throws if one has failed. */
    void stop() throws Exception {
        ending.countDown();
        thread.join();
        check();
    }

    /** Throws if a strike has failed, such as a start that should succeed. */
    void check() throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        try {
            while (!ending.await(pause(), TimeUnit.MILLISECONDS)) {
                Strike strike = chosen();
                tally.add(strike.name());
                strike.action().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failure = e;
        }
    }

    private long pause() {
        return shortest.toMillis()
                + random.nextInt(Math.toIntExact(longest.minus(shortest).toMillis()));
    }

    private Strike chosen() {
        int left = random.nextInt(strikes.stream().mapToInt(Strike::weight).sum());
        for (Strike strike : strikes) {
            left -= strike.weight();
            if (left < 0) {
                return strike;
            }
        }
        throw new IllegalStateException("weights should be positive");
    }
}
