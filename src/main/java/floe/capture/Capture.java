package floe.capture;

import floe.binlog.Sighting;
import floe.change.TableId;
import floe.health.Pulse;
import floe.health.Stage;
import floe.kinesis.Beat;
import floe.metrics.CaptureMeters;
import floe.state.CaptureState;
import floe.state.ShapesFile;
import floe.state.SnapshotRequests;
import floe.state.StateFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
    private static final String WAITING = "waiting for MySQL's next events";

    private final CaptureSettings settings;
    private final Sources sources;
    private final ShapesFile shapes;
    private final Stage stage;
    private final Pulse pulse;
    private final CaptureMeters meters;
    private final CaptureProgress progress;
    private final ScheduledExecutorService watchman;
    private final ExecutorService workers;
    private final Route route;
    private final StateFile stateFile;
    private final SnapshotRequests requests;
    private final OneCapture one;
    private final CaptureStart before;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile BinlogSource.Reading reading;

    /** Stores the events of a batch. */
    interface Route {

        /** For logs. */
        String id();

        /**
         * Returns when all of it is stored, which happens in its turn; throws if not all is. May be called by several
         * threads, each with its batch.
         */
        void take(Batch batch) throws InterruptedException;
    }

    /**
     * What reads.
     *
     * @param binlog goes on from a saved place
     * @param tables reads tables beside it
     */
    record Sources(BinlogSource binlog, SnapshotSource tables) {}

    /**
     * @param watchman looks after readings
     * @param workers have batches stored, as many at a time as {@link Storing} says
     */
    Capture(
            CaptureParts parts,
            Sources sources,
            CaptureProgress progress,
            ScheduledExecutorService watchman,
            ExecutorService workers,
            Route route)
            throws IOException {
        this.settings = parts.settings();
        this.sources = sources;
        this.shapes = ShapesFile.in(settings.stateFolder());
        this.workers = workers;
        this.stage = parts.stage();
        this.pulse = stage.pulse();
        this.meters = parts.meters();
        this.progress = progress;
        this.watchman = watchman;
        this.route = route;
        this.stateFile = new StateFile(settings.stateFile());
        this.requests = SnapshotRequests.in(settings.stateFolder());
        this.one = new OneCapture(settings, System::nanoTime);
        this.before = new CaptureStart(settings, stateFile, sources.binlog(), shapes, one);
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
            LOG.error("Capture has ended and does not start again: restart the process", e);
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
            } catch (RuntimeException | IOException e) {
                if (isStopped()) {
                    // What was under way could not be ended in time, and is read again.
                    LOG.debug("Capture has ended with a failure", e);
                    break;
                }
                String reason = Reason.of(e);
                boolean isNew = progress.failed(reason);
                meters.restarting();
                MDC.put("position", progress.status().position());
                if (progress.status().succeeded()) {
                    pause = FIRST_PAUSE;
                }
                if (e instanceof ServerIdTaken) {
                    pause = settings.longestPause();
                }
                if (isNew) {
                    LOG.error("Capture has stopped and starts again by itself: {}", reason, Reason.traceOf(e));
                }
                LOG.debug("Why capture has stopped", e);
                pulse.waiting("waiting to start again: " + reason);
                pause(pause);
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : twice;
            }
        }
        LOG.info("Capture has stopped");
    }

    /** Returns when the reading was closed, and throws when it failed. */
    private void once() throws IOException {
        pulse.waiting("looking at MySQL before the reading starts");
        CaptureStart.Prepared start = before.prepare(this::waitForEpoch);
        progress.starting(start.session().state());
        pulse.waiting("starting to read");
        reading = start.reading();
        ReadingWatch watch = new ReadingWatch(settings, one, start.reading());
        ScheduledFuture<?> watching =
                watchman.scheduleWithFixedDelay(watch, 0, settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        Batches batches = new Batches(start.session(), watch);
        try {
            if (!isStopped()) {
                start.reading().run(batches);
            }
        } finally {
            try {
                batches.finish();
            } finally {
                watching.cancel(false);
                reading = null;
            }
        }
        if (!isStopped()) {
            throw new CaptureFailed("The reading has ended by itself");
        }
    }

    /** An epoch that is ahead of the clock, because it rose in this very second or the clock was set back, is waited for. */
    private void waitForEpoch(long epoch) {
        for (long now = System.currentTimeMillis();
                now / 1000 < epoch && !isStopped();
                now = System.currentTimeMillis()) {
            pulse.waiting("the clock, which was set back: the last run was ahead of it");
            pause(Duration.ofMillis(Math.min(1000, epoch * 1000 - now)));
        }
    }

    /** What is done with all that one reading tells. */
    private final class Batches implements BinlogSource.Reader {

        private final CaptureSession session;
        private final SameServer sameServer;
        private final ReadingWatch watch;
        private final Storing storing = new Storing(workers, route);
        private final Found found = new Found();
        private final Snapshots snapshots;
        private final SnapshotWishes wishes;
        private final ReentrantLock giving = new ReentrantLock();
        private boolean began;
        private OptionalLong lastBeat = OptionalLong.empty();
        private boolean given = true;
        private long accepted;
        /** What was stored last of the binlog, as snapshots beside it are saved together with it. */
        private CaptureState stored;

        Batches(CaptureSession session, ReadingWatch watch) {
            this.session = session;
            this.stored = session.state();
            this.sameServer = new SameServer(settings, stored);
            this.watch = watch;
            this.snapshots = sources.tables()
                    .beside(
                            stored.server(),
                            () -> progress.status().lag(System.currentTimeMillis()),
                            shapes::shape,
                            new Snapshots.Store() {
                                @Override
                                public void store(List<BinlogEvent> events, Consumer<Optional<String>> advance)
                                        throws InterruptedException {
                                    storeBeside(events, advance);
                                }

                                @Override
                                public void came() {
                                    giveBeside();
                                }
                            });
            this.wishes = new SnapshotWishes(settings, requests, session, shapes::shape, System::nanoTime);
        }

        @Override
        public void reading() {
            progress.reading();
            pulse.beat(WAITING);
            watch.listen();
            giveBeside();
        }

        /** Has snapshots go on, which need not wait for the next events of the binlog. */
        private void giveBeside() {
            try {
                give(List.of());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.debug("Whoever takes the next events fails with it too", e);
            }
        }

        @Override
        public void stopped() {
            progress.stopped();
        }

        /** One batch, one exchange. */
        @Override
        public void take(List<SourceEvent> batch) throws InterruptedException {
            watch.pause();
            pulse.beat("taking " + batch.size() + " events of MySQL");
            sameServer.check();
            give(batch);
            pulse.beat(WAITING);
            watch.listen();
        }

        /**
         * Gives what was read, and what is decided beside it, to be stored: by one thread at a time, and by none after one has
         * failed, as the session is ahead of what is stored then.
         */
        private void give(List<SourceEvent> batch) throws InterruptedException {
            giving.lockInterruptibly();
            try {
                if (given) {
                    given = false;
                    accept(batch);
                    given = true;
                } else {
                    throw new CaptureFailed("A batch before this one could not be taken");
                }
            } finally {
                giving.unlock();
            }
        }

        private void accept(List<SourceEvent> batch) throws InterruptedException {
            long begun = System.nanoTime();
            List<BinlogEvent> events = new ArrayList<>();
            if (!began) {
                events.addAll(session.begun());
                began = true;
            }
            events.addAll(session.accept(batch));
            long known = found.last();
            session.found(found.after(accepted));
            accepted = known;
            SnapshotWishes.Decided decided = wishes.decide(snapshots.outcomes());
            events.addAll(decided.events());
            CaptureState after = session.state();
            OptionalLong committed = committed(batch);
            storing.store(events, beat(after), taken -> {
                found.add(taken.unreadable());
                stored = CaptureSession.setAside(after, found.after(known)).withMarks(stored.marks());
                progress.acknowledged(saved(taken), snapshots.doing(), committed);
                count(taken, begun);
                wishes.saved(decided);
                snapshots.run(after.snapshots());
            });
        }

        /** What to tell of this state on each lane, if it is time; null if not. */
        private Beat beat(CaptureState state) {
            long now = System.nanoTime();
            if (lastBeat.isPresent()
                    && now - lastBeat.getAsLong() < settings.laneHeartbeat().toNanos()) {
                return null;
            }
            Optional<TableId> table = state.captured().tables().stream().min(Comparator.naturalOrder());
            if (table.isEmpty()) {
                return null;
            }
            lastBeat = OptionalLong.of(now);
            return new Beat(table.get(), state.highest(), state.marks());
        }

        /** Called by the threads that read tables. */
        private void storeBeside(List<BinlogEvent> events, Consumer<Optional<String>> advance)
                throws InterruptedException {
            long begun = System.nanoTime();
            storing.storeBeside(events, taken -> {
                advance.accept(
                        taken.unreadable().stream().map(Sighting.Unseen::what).findFirst());
                progress.readBeside(saved(taken), snapshots.doing());
                count(taken, begun);
            });
        }

        /** What is saved once a batch is stored. */
        private CaptureState saved(Batch batch) {
            keepShapes(batch.events());
            if (batch.stored() != null) {
                stored = stored.withMarks(batch.stored());
            }
            CaptureState state = stored.withSnapshots(snapshots.now(stored.snapshots()));
            save(state);
            MDC.put("position", Objects.requireNonNullElse(state.position(), ""));
            return state;
        }

        private void count(Batch batch, long begun) {
            if (!batch.events().isEmpty()) {
                meters.acknowledged(batch.rows(), Duration.ofNanos(System.nanoTime() - begun));
            }
        }

        /** Returns when all that was taken is stored, or throws what it failed with. */
        void finish() {
            snapshots.close();
            storing.finish();
        }
    }

    /** Before the state that stands after them: else they would not be sent again after a crash in between. */
    private void keepShapes(List<BinlogEvent> events) {
        boolean changed = false;
        for (BinlogEvent event : events) {
            if (event.event() instanceof SourceEvent.Shape shape) {
                shapes.put(shape.table(), shape.shape(), event.position());
                changed = true;
            }
        }
        if (changed) {
            try {
                shapes.save();
            } catch (IOException e) {
                throw new CaptureFailed(
                        "The shapes of the tables cannot be saved in " + settings.stateFolder() + ": " + e, e);
            }
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

    /** Up to when all that was committed has come with this batch, if it says so. */
    private static OptionalLong committed(List<SourceEvent> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            if (batch.get(i) instanceof SourceEvent.Progress reached) {
                return reached.committed();
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
