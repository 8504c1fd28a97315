package floe.capture;

import floe.binlog.Sighting;
import floe.kinesis.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * Has batches stored, a few at a time: while one is put on the stream the next is written. They are stored in order, and
 * what comes after one that failed is not stored at all.
 *
 * <p>Given batches by one thread.
 */
final class Storing {

    /** One that is put and one that is written. */
    static final int UNDER_WAY = 2;

    private static final long LOOK_MILLIS = 100;

    private final ExecutorService workers;
    private final Capture.Route route;
    private final Semaphore places = new Semaphore(UNDER_WAY);
    /** By what cannot be read: each once, where it was found last. */
    private final Map<String, Sighting> unreadable = new LinkedHashMap<>();

    private Turn lastStored = Turn.first();
    private Turn lastSaved = Turn.first();
    private volatile Throwable failure;

    /** What comes once a batch is stored, in the order of the batches. */
    @FunctionalInterface
    interface Afterwards {

        /**
         * Called once a batch is stored.
         *
         * @param unreadable what could not be written, in this batch and all before it
         */
        void stored(Batch batch, List<Sighting> unreadable);
    }

    /** @param workers end when capture stops, and refuse what comes then */
    Storing(ExecutorService workers, Capture.Route route) {
        this.workers = workers;
        this.route = route;
    }

    /**
     * Begins to store these events; waits while enough are under way.
     *
     * @throws RuntimeException that a batch before it failed with: then nothing more is stored
     */
    void store(List<BinlogEvent> events, Afterwards afterwards) throws InterruptedException {
        places.acquire();
        try {
            throwFailure();
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
        Turn stored = lastStored.next();
        Turn saved = lastSaved.next();
        lastStored = stored;
        lastSaved = saved;
        Batch batch = new Batch(events, stored);
        try {
            workers.execute(() -> run(batch, saved, afterwards));
        } catch (RejectedExecutionException e) {
            note(new CaptureFailed("Capture is being stopped", e));
            over(batch, saved);
            throwFailure();
        }
    }

    /**
     * Waits for all that is under way.
     *
     * @throws RuntimeException that a batch failed with
     */
    void finish() {
        boolean over = false;
        boolean interrupted = false;
        while (!over) {
            try {
                over = places.tryAcquire(UNDER_WAY, LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (over) {
                    places.release(UNDER_WAY);
                } else if (workers.isTerminated()) {
                    // What still waited for a worker will never be run.
                    note(new CaptureFailed("Capture is being stopped"));
                    over = true;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                if (workers.isShutdown()) {
                    // A put that nothing can interrupt: what it stores is read again, as it is not saved.
                    note(new CaptureFailed("Capture is being stopped"));
                    over = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        throwFailure();
    }

    private void throwFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private void run(Batch batch, Turn saved, Afterwards afterwards) {
        MDC.put("route", route.id());
        try {
            if (!batch.events().isEmpty()) {
                route.take(batch);
            } else {
                batch.turn().await();
            }
            batch.turn().stored();
            saved.await();
            batch.unreadable().forEach(found -> unreadable.put(found.tables() + found.what(), found));
            afterwards.stored(batch, List.copyOf(unreadable.values()));
            saved.stored();
        } catch (CancellationException e) {
            // The batch ahead has said why.
            note(e);
        } catch (InterruptedException e) {
            note(new CaptureFailed("Capture is being stopped", e));
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            note(e);
        } finally {
            over(batch, saved);
        }
    }

    private void over(Batch batch, Turn saved) {
        batch.turn().failed();
        saved.failed();
        places.release();
    }

    private synchronized void note(Throwable e) {
        if (failure == null || failure instanceof CancellationException) {
            failure = e;
        }
    }
}
