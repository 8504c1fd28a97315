package floe.capture;

import floe.state.CaptureState;
import floe.debezium.EngineEnd;
import floe.debezium.EngineStart;
import floe.debezium.SchemaHistoryFile;
import floe.state.SnapshotRequest;
import floe.state.StateFile;
import floe.debezium.WatchedConnector;
import floe.health.Pulse;
import floe.health.Stage;
import floe.metrics.CaptureMeters;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.debezium.mysql.configuration.MySqlConnectorEmbeddedDebeziumConfiguration;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.support.DefaultConsumer;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs Debezium's engine, one exchange per batch, and saves how far it got after each exchange that succeeded. An
 * engine that dies, for whatever reason, is started again from there.
 */
final class BinlogConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(BinlogConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_BATCH = Duration.ofSeconds(10);
    private static final String WAITING = "waiting for the engine's next records";

    private final CaptureSettings settings;
    private final MySqlConnectorEmbeddedDebeziumConfiguration debezium;
    private final StateFile stateFile;
    private final SnapshotRequest snapshotRequest;
    private final Stage stage;
    private final Pulse pulse;
    private final SourceLag lag = new SourceLag(System::currentTimeMillis);
    private final CaptureHealth health;
    private final DivergedHealth divergedHealth;

    private CaptureMeters meters;
    private CaptureGauges gauges;
    private CountDownLatch stopping;
    private ExecutorService executor;
    private ScheduledExecutorService watchman;
    private volatile DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;

    BinlogConsumer(
            BinlogEndpoint endpoint,
            Processor processor,
            CaptureSettings settings,
            MySqlConnectorEmbeddedDebeziumConfiguration debezium) {
        super(endpoint, processor);
        this.settings = settings;
        this.debezium = debezium;
        this.stateFile = new StateFile(settings.stateFile());
        this.snapshotRequest = new SnapshotRequest(settings.stateFolder());
        this.stage = endpoint.getCamelContext().getRegistry().lookupByNameAndType("captureStage", Stage.class);
        this.pulse = stage.pulse();
        this.health = new CaptureHealth(stage, lag);
        this.divergedHealth = new DivergedHealth(settings.tables());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        settings.tls().warning(settings.host()).ifPresent(LOG::warn);
        // The JDBC driver hands Debezium wall-clock times by the default zone: one with daylight saving skips hours.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Files.createDirectories(settings.stateFolder());
        stage.begin();
        stateFile.read().ifPresent(saved -> divergedHealth.show(saved.diverged()));
        var registry = HealthCheckHelper.getHealthCheckRegistry(getEndpoint().getCamelContext());
        if (registry != null) {
            registry.register(health);
            registry.register(divergedHealth);
        }
        var meterRegistry = getEndpoint()
                .getCamelContext()
                .getRegistry()
                .lookupByNameAndType("metricsRegistry", io.micrometer.core.instrument.MeterRegistry.class);
        meters = new CaptureMeters(meterRegistry);
        gauges = new CaptureGauges(meterRegistry, health, divergedHealth, lag);
        stopping = new CountDownLatch(1);
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        executor = executors.newSingleThreadExecutor(this, "capture");
        watchman = executors.newSingleThreadScheduledExecutor(this, "capture-watch");
        executor.execute(this::captureUntilStopped);
    }

    @Override
    protected void doStop() throws Exception {
        // Nothing of it is there if the start had failed.
        if (executor != null) {
            stopping.countDown();
            closeEngine();
            var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
            executors.shutdownNow(watchman);
            executors.shutdownGraceful(executor, LAST_BATCH.toMillis());
            gauges.remove();
        }
        var registry = HealthCheckHelper.getHealthCheckRegistry(getEndpoint().getCamelContext());
        if (registry != null) {
            registry.unregister(health);
            registry.unregister(divergedHealth);
        }
        stage.rest();
        super.doStop();
    }

    private void closeEngine() {
        DebeziumEngine<?> running = engine;
        if (running != null) {
            try {
                running.close();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("The engine had stopped by itself", e);
            }
        }
    }

    private void captureUntilStopped() {
        String end = "its thread was interrupted";
        try {
            captureAgainAndAgain();
        } catch (Error e) {
            end = e.toString();
            LOG.error("Capture has ended and does not start again", e);
            throw e;
        } finally {
            if (stopping.getCount() > 0) {
                health.failed("capture has ended: " + end);
                stage.died(end);
            }
        }
    }

    private void captureAgainAndAgain() {
        MDC.put("route", getRouteId());
        Duration pause = FIRST_PAUSE;
        while (isRunAllowed() && !Thread.currentThread().isInterrupted()) {
            try {
                captureOnce();
                LOG.info("Capture has stopped");
            } catch (CaptureFailed | RuntimeException e) {
                health.failed(e.getMessage());
                meters.restarting();
                MDC.put("position", health.position());
                if (health.succeededSinceStart()) {
                    pause = FIRST_PAUSE;
                }
                LOG.error("Capture has stopped and starts again in {} s: {}", pause.toSeconds(), e.getMessage());
                LOG.debug("Why capture has stopped", e);
                pulse.waiting("waiting to start again: " + e.getMessage());
                pause(pause);
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : twice;
            }
        }
    }

    /** Returns when the engine was closed, to stop or for a new snapshot, and throws when it died. */
    private void captureOnce() throws CaptureFailed {
        pulse.waiting("looking at MySQL before the engine starts");
        CaptureStart.Prepared start;
        try {
            start = new CaptureStart(settings, stateFile).prepare();
        } catch (IOException e) {
            throw new CaptureFailed(e.getMessage(), e);
        }
        divergedHealth.show(start.state().diverged());
        CaptureSession session =
                new CaptureSession(start.state(), settings.tables(), () -> System.currentTimeMillis() / 1000);
        SameServer sameServer = new SameServer(settings, start.state());
        health.starting(session.isInSnapshot());
        lag.resume(start.state());
        pulse.waiting("starting the engine");
        EngineEnd end = new EngineEnd();
        EngineWatch watch = new EngineWatch(settings, snapshotRequest, end, pulse, this::closeEngine);
        engine = DebeziumEngine.create(Connect.class)
                .using(properties(start))
                .using(new EngineStart(health, () -> {
                    pulse.beat(WAITING);
                    watch.listen(session.isInSnapshot());
                }))
                .using((DebeziumEngine.CompletionCallback) end::handle)
                .notifying((batch, committer) -> handle(session, sameServer, records(batch), watch))
                .build();
        ScheduledFuture<?> watching =
                watchman.scheduleWithFixedDelay(watch, 0, settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (isRunAllowed()) {
                engine.run();
            }
        } finally {
            watching.cancel(false);
            engine = null;
        }
        end.check();
        if (stopping.getCount() > 0 && !snapshotRequest.isOpen()) {
            throw new CaptureFailed("The engine has ended by itself", null);
        }
    }

    /**
     * One batch, one exchange. Debezium's committer is not told of it: the saved state is what counts, and is written
     * here.
     */
    private void handle(CaptureSession session, SameServer sameServer, List<SourceRecord> batch, EngineWatch watch)
            throws InterruptedException {
        long began = System.nanoTime();
        MDC.put("route", getRouteId());
        MDC.put("position", health.position());
        watch.pause();
        pulse.beat("taking " + batch.size() + " records of the engine");
        sameServer.check(batch);
        CaptureState before = session.state();
        List<BinlogEvent> events = session.accept(batch);
        if (session.state().epoch() > before.epoch()) {
            // Before any event of the epoch can be seen: a run that fails in it must not give it out again.
            save(before.withEpoch(session.state().epoch()));
        }
        if (!events.isEmpty()) {
            route(events);
        }
        if (events.stream().anyMatch(BinlogEvent.Definition.class::isInstance)) {
            keepDefinitions();
        }
        pulse.beat("saving the state");
        save(session.state());
        divergedHealth.show(session.state().diverged());
        health.acknowledged(session.state().position(), session.isInSnapshot());
        lag.acknowledged(batch);
        gauges.acknowledged();
        if (!events.isEmpty()) {
            long rows =
                    events.stream().filter(BinlogEvent.Row.class::isInstance).count();
            meters.acknowledged(rows, Duration.ofNanos(System.nanoTime() - began));
        }
        pulse.beat(WAITING);
        watch.listen(session.isInSnapshot());
    }

    /** Before the state that stands after them: rows would be read with the tables as they were. */
    private void keepDefinitions() {
        try {
            new SchemaHistoryFile(settings.schemaHistoryFile()).force();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The schema history cannot be kept in " + settings.schemaHistoryFile() + ": " + e, e);
        }
    }

    private void save(CaptureState state) {
        try {
            stateFile.write(state);
        } catch (IOException e) {
            throw new IllegalStateException("The state cannot be saved in " + settings.stateFile() + ": " + e, e);
        }
    }

    private static List<SourceRecord> records(List<ChangeEvent<SourceRecord, SourceRecord>> batch) {
        return batch.stream().map(ChangeEvent::value).toList();
    }

    private void route(List<BinlogEvent> events) throws InterruptedException {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(events);
            getProcessor().process(exchange);
            Exception failure = exchange.getException();
            if (failure instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (failure != null) {
                throw new IllegalStateException(failure.getMessage(), failure);
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private Properties properties(CaptureStart.Prepared start) {
        Properties properties = debezium.createDebeziumConfiguration().asProperties();
        properties.putAll(start.properties());
        properties.putAll(WatchedConnector.properties(settings.tables()));
        return properties;
    }

    /** Waits, or returns at once when the consumer is being stopped. */
    private void pause(Duration time) {
        try {
            if (stopping.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopped while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
