package floe.app;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process where its stop takes longer than it may. Camel waits for what is under way, for a while; but a client
 * that repeats a request does not heed that it should end, and the stop would wait for it until whoever runs
 * Floe kills it. Ending is always safe: what was not done to its end is done again.
 */
final class StopDeadline {

    private static final Logger LOG = LoggerFactory.getLogger(StopDeadline.class);

    /**
     * For what comes after Camel's own timeout, the end of sessions and connections. With that timeout as it ships it is below the 30
     * seconds that Kubernetes leaves by default.
     */
    private static final Duration AFTER_CAMEL = Duration.ofSeconds(8);

    /** What the shell calls the end by SIGTERM: as if the stop had come to its end. */
    private static final int ENDED_BY_SIGTERM = 143;

    private StopDeadline() {}

    /** Holds from the signal on. */
    static void arm(CamelContext camel) {
        Thread watch = new Thread(() -> endAfter(longest(camel.getShutdownStrategy())), "stop-deadline");
        watch.setDaemon(true);
        Runtime.getRuntime().addShutdownHook(new Thread(watch::start, "stop-deadline-begin"));
    }

    /** As it is at the time: the settings are read only as the routes start. */
    private static Duration longest(ShutdownStrategy camel) {
        return Duration.of(camel.getTimeout(), camel.getTimeUnit().toChronoUnit())
                .plus(AFTER_CAMEL);
    }

    private static void endAfter(Duration longest) {
        try {
            Thread.sleep(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        LOG.warn(
                "The stop took {} s, and something still waits: Floe ends now. Nothing is lost; it goes on from here at its next start",
                longest.toSeconds());
        Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
    }
}
