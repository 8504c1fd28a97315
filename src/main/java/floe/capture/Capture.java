package floe.capture;

import floe.health.Pulse;
import floe.health.Stage;
import floe.metrics.CaptureMeters;
import floe.state.CaptureState;
import floe.state.SnapshotRequest;
import floe.state.StateFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The loop: reads the source, has each batch stored, and saves how far it got only after that. A reading that ends, for
 * whatever reason, is followed by another one from there, until capture is stopped.
 */
final class Capture {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final String WAITING = "waiting for the engine's next records";

    private final CaptureSettings settings;
    private final BinlogSource source;
    private final Stage stage;
    private final Pulse pulse;
    private final CaptureMeters meters;
    private final CaptureProgress progress;
    private final ScheduledExecutorService watchman;
    private final Route route;
    private final StateFile stateFile;
    private final SnapshotRequest snapshotRequest;
    private final OneCapture one;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile BinlogSource.Reading reading;

    /** Stores the events of a batch. */
    interface Route {

        /** For logs. */
        String id();

        /** Returns when all of them are stored; throws if not all are. */
        void take(List<BinlogEvent> events) throws InterruptedException;
    }

    /** @param watchman looks after readings */
    Capture(
            CaptureParts parts,
            BinlogSource source,
            CaptureProgress progress,
            ScheduledExecutorService watchman,
            Route route) {
        this.settings = parts.settings();
        this.source = source;
        this.stage = parts.stage();
        this.pulse = stage.pulse();
        this.meters = parts.meters();
        this.progress = progress;
        this.watchman = watchman;
        this.route = route;
        this.stateFile = new StateFile(settings.stateFile());
        this.snapshotRequest = SnapshotRequest.in(settings.stateFolder());
        this.one = new OneCapture(settings, System::nanoTime);
    }

    /** Shows what the last run has saved, before anything new is known. */
    void showSaved() throws IOException {
        stateFile.read().ifPresent(progress::saved);
    }

    /** Captures until it is stopped or its thread is interrupted. Called once. */
    void untilStopped() {
        String end = "its thread was interrupted";
        try {
            againAndAgain();
        } catch (Error e) {
            end = e.toString();
            LOG.error("Capture has ended and does not start again", e);
            throw e;
        } finally {
            one.close();
            if (!isStopped()) {
                progress.failed("capture has ended: " + end);
                stage.died(end);
            }
        }
    }

    /** Ends the reading, and has no other one follow. */
    void stop() {
        stopping.countDown();
        BinlogSource.Reading running = reading;
        if (running != null) {
            running.close();
        }
    }

    private boolean isStopped() {
        return stopping.getCount() == 0;
    }

    private void againAndAgain() {
        MDC.put("route", route.id());
        Duration pause = FIRST_PAUSE;
        while (!isStopped() && !Thread.currentThread().isInterrupted()) {
            try {
                once();
                LOG.info("Capture has stopped");
            } catch (RuntimeException e) {
                String reason = Reason.of(e);
                progress.failed(reason);
                meters.restarting();
                MDC.put("position", progress.status().position());
                if (progress.status().succeeded()) {
                    pause = FIRST_PAUSE;
                }
                LOG.error(
                        "Capture has stopped and starts again in {} s: {}",
                        pause.toSeconds(),
                        reason,
                        Reason.traceOf(e));
                LOG.debug("Why capture has stopped", e);
                pulse.waiting("waiting to start again: " + reason);
                pause(pause);
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : twice;
            }
        }
    }

    /** Returns when the reading was closed, to stop or for a new snapshot, and throws when it failed. */
    private void once() {
        pulse.waiting("looking at MySQL before the engine starts");
        CaptureStart.Prepared start = new CaptureStart(settings, stateFile, source, one).prepare();
        progress.starting(start.state());
        CaptureSession session =
                new CaptureSession(start.state(), start.tables(), () -> System.currentTimeMillis() / 1000);
        pulse.waiting("starting the engine");
        reading = start.reading();
        ReadingWatch watch = new ReadingWatch(settings, snapshotRequest, one, start.reading(), pulse);
        ScheduledFuture<?> watching =
                watchman.scheduleWithFixedDelay(watch, 0, settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (!isStopped()) {
                start.reading().run(new Batches(session, new SameServer(settings, start.state()), watch));
            }
        } finally {
            watching.cancel(false);
            reading = null;
        }
        if (!isStopped() && !snapshotRequest.isOpen()) {
            throw new CaptureFailed("The engine has ended by itself");
        }
    }

    /** What is done with all that one reading tells. */
    private final class Batches implements BinlogSource.Reader {

        private final CaptureSession session;
        private final SameServer sameServer;
        private final ReadingWatch watch;

        Batches(CaptureSession session, SameServer sameServer, ReadingWatch watch) {
            this.session = session;
            this.sameServer = sameServer;
            this.watch = watch;
        }

        @Override
        public void reading() {
            progress.reading();
            pulse.beat(WAITING);
            watch.listen(session.isInSnapshot());
        }

        @Override
        public void stopped() {
            progress.failed("the engine has stopped reading");
        }

        /** One batch, one exchange. */
        @Override
        public void take(List<SourceEvent> batch) throws InterruptedException {
            long began = System.nanoTime();
            MDC.put("route", route.id());
            MDC.put("position", progress.status().position());
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
                route.take(events);
            }
            if (events.stream().anyMatch(BinlogEvent.Definition.class::isInstance)) {
                // Before the state that stands after them: rows would be read with the tables as they were.
                reading.keepShapes();
            }
            pulse.beat("saving the state");
            save(session.state());
            progress.acknowledged(session.state(), committed(batch));
            if (!events.isEmpty()) {
                meters.acknowledged(rows(events), Duration.ofNanos(System.nanoTime() - began));
            }
            pulse.beat(WAITING);
            watch.listen(session.isInSnapshot());
        }
    }

    private void save(CaptureState state) {
        one.check();
        try {
            stateFile.write(state);
        } catch (IOException e) {
            throw new CaptureFailed("The state cannot be saved in " + settings.stateFile() + ": " + e, e);
        }
    }

    private static long rows(List<BinlogEvent> events) {
        return events.stream().filter(BinlogEvent.Row.class::isInstance).count();
    }

    /** Up to when all that was committed has come with this batch, as far as the last event says that knows it. */
    private static OptionalLong committed(List<SourceEvent> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            if (batch.get(i) instanceof SourceEvent.Marked marked
                    && marked.mark().committed().isPresent()) {
                return marked.mark().committed();
            }
        }
        return OptionalLong.empty();
    }

    /** Waits, or returns at once when capture is being stopped. */
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
