package floe.capture;

import floe.change.StoredMarks;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has {@link Capture} run while Camel wants the route to, and makes one exchange of each of its batches. */
final class BinlogConsumer extends DefaultConsumer implements Capture.Route {

    private static final Logger LOG = LoggerFactory.getLogger(BinlogConsumer.class);
    private static final Duration LAST_BATCH = Duration.ofSeconds(10);

    /** How long the loop may take to notice that nothing is being stored any more. */
    private static final Duration LOOP = Duration.ofSeconds(2);

    private final CaptureParts parts;
    private final Capture.Sources sources;
    private final CaptureProgress progress;
    private final CaptureHealth health;
    private final DivergedHealth divergedHealth;
    private volatile Running running;

    /** What there is only between start and stop. */
    private record Running(
            Capture capture,
            CaptureGauges gauges,
            ExecutorService executor,
            ExecutorService workers,
            ScheduledExecutorService watchman) {}

    BinlogConsumer(BinlogEndpoint endpoint, Processor processor, CaptureParts parts, Capture.Sources sources) {
        super(endpoint, processor);
        this.parts = parts;
        this.sources = sources;
        this.progress = new CaptureProgress(parts.settings().tables(), System::nanoTime);
        this.health = new CaptureHealth(parts.stage(), progress, System::currentTimeMillis);
        this.divergedHealth = new DivergedHealth(progress);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkTimeZone(ZoneId.systemDefault());
        CaptureSettings settings = parts.settings();
        settings.mysql().tls().warning(settings.mysql().host()).ifPresent(LOG::warn);
        Files.createDirectories(settings.stateFolder());
        parts.stage().begin();
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        ScheduledExecutorService watchman = executors.newSingleThreadScheduledExecutor(this, "capture-watch");
        ExecutorService workers = workers();
        Capture capture = new Capture(parts, sources, progress, watchman, workers, this);
        capture.showSaved();
        var registry = HealthCheckHelper.getHealthCheckRegistry(getEndpoint().getCamelContext());
        if (registry != null) {
            checks().forEach(registry::register);
        }
        running = new Running(
                capture,
                new CaptureGauges(parts.registry(), health, progress),
                executors.newSingleThreadExecutor(this, "capture"),
                workers,
                watchman);
        running.executor().execute(capture::untilStopped);
    }

    @Override
    protected void doStop() throws Exception {
        Running stopped = running;
        // Nothing of it is there if the start had failed.
        if (stopped != null) {
            stopped.capture().stop();
            var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
            executors.shutdownNow(stopped.watchman());
            // In this order: the loop ends once nothing is being stored any more, and no sooner.
            stopped.workers().shutdown();
            if (!stopped.workers().awaitTermination(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                stopped.workers().shutdownNow();
            }
            executors.shutdownGraceful(stopped.executor(), LOOP.toMillis());
            stopped.gauges().remove();
            running = null;
        }
        var registry = HealthCheckHelper.getHealthCheckRegistry(getEndpoint().getCamelContext());
        if (registry != null) {
            checks().forEach(registry::unregister);
        }
        parts.stage().rest();
        super.doStop();
    }

    /** Camel's own pools drop what comes once they are shut down, without a word; these refuse it. */
    private ExecutorService workers() {
        return new ThreadPoolExecutor(
                Storing.UNDER_WAY,
                Storing.UNDER_WAY,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> getEndpoint()
                        .getCamelContext()
                        .getExecutorServiceManager()
                        .newThread("capture-store", task));
    }

    /**
     * The JDBC driver hands over wall-clock times by the default time zone: one with daylight saving skips hours.
     *
     * @throws CaptureFailed if the process was started with another one than UTC
     */
    static void checkTimeZone(ZoneId zone) {
        if (!zone.getRules().equals(ZoneOffset.UTC.getRules())) {
            throw new CaptureFailed(
                    "The time zone of the process is " + zone + "; capture needs UTC, as other zones skip"
                            + " and repeat hours. Start Java with -Duser.timezone=UTC, for example by"
                            + " JAVA_TOOL_OPTIONS=-Duser.timezone=UTC in the environment");
        }
    }

    @Override
    public String id() {
        return getRouteId();
    }

    @Override
    public void take(Batch batch) throws InterruptedException {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(batch);
            getProcessor().process(exchange);
            Exception failure = exchange.getException();
            if (failure != null) {
                throw failure;
            }
            batch.stored(exchange.getMessage().getBody(StoredMarks.class));
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A batch failed in the route", e);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private Set<HealthCheck> checks() {
        return Set.of(health, divergedHealth);
    }
}
