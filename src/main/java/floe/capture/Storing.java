package floe.capture;

import floe.kinesis.Beat;
import floe.kinesis.Turn;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * Has batches stored, a few at a time: while one is put on the stream the next is written. They are stored in the order in
 * which they were given, and what comes after one that failed is not stored at all.
 *
 * <p>Given the batches of the binlog by one thread, and those of snapshots by others.
 */
final class Storing {

    /** Of the binlog, one that is put and one that is written. */
    private static final int OF_BINLOG = 2;

    private static final int OF_SNAPSHOTS = 1;

    /** As many as may be under way at a time, each by a worker. */
    static final int UNDER_WAY = OF_BINLOG + OF_SNAPSHOTS;

    private static final long LOOK_MILLIS = 100;

    /** How long a batch of a snapshot gives way to those of the binlog while these have no end. */
    private static final long GIVE_WAY_MILLIS = 200;

    private final ExecutorService workers;
    private final Capture.Route route;
    private final Semaphore ofBinlog = new Semaphore(OF_BINLOG);
    private final Semaphore ofSnapshots = new Semaphore(OF_SNAPSHOTS);

    private Turn lastStored = Turn.first();
    private Turn lastSaved = Turn.first();
    private volatile Throwable failure;

    /** What comes once a batch is stored, in the order of the batches. */
    @FunctionalInterface
    interface Afterwards {

        /** Called once a batch is stored, and those before it. */
        void stored(Batch batch);
    }

    /** @param workers end when capture stops, and refuse what comes then */
    Storing(ExecutorService workers, Capture.Route route) {
        this.workers = workers;
        this.route = route;
    }

    /**
     * Begins to store these events of the binlog; waits while enough are under way.
     *
     * @param beat what heartbeats are to tell behind them; null for none
     * @throws RuntimeException that a batch before it failed with: then nothing more is stored
     */
    void store(List<BinlogEvent> events, Beat beat, Afterwards afterwards) throws InterruptedException {
        ofBinlog.acquire();
        store(events, beat, afterwards, ofBinlog);
    }

    /** Begins to store these events of a snapshot: one batch at a time, and for a moment after those of the binlog. */
    void storeBeside(List<BinlogEvent> events, Afterwards afterwards) throws InterruptedException {
        ofSnapshots.acquire();
        boolean begun = false;
        try {
            if (ofBinlog.tryAcquire(GIVE_WAY_MILLIS, TimeUnit.MILLISECONDS)) {
                ofBinlog.release();
            }
            begun = true;
        } finally {
            if (!begun) {
                ofSnapshots.release();
            }
        }
        store(events, null, afterwards, ofSnapshots);
    }

    private synchronized void store(List<BinlogEvent> events, Beat beat, Afterwards afterwards, Semaphore places) {
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
        Batch batch = new Batch(events, stored, beat);
        try {
            workers.execute(() -> run(batch, saved, afterwards, places));
        } catch (RejectedExecutionException e) {
            note(new CaptureFailed("Capture is being stopped", e));
            over(batch, saved, places);
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
                over = nothingIsUnderWay(ofBinlog, OF_BINLOG) && nothingIsUnderWay(ofSnapshots, OF_SNAPSHOTS);
                if (!over && workers.isTerminated()) {
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

    private static boolean nothingIsUnderWay(Semaphore places, int all) throws InterruptedException {
        boolean free = places.tryAcquire(all, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (free) {
            places.release(all);
        }
        return free;
    }

    private void throwFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private void run(Batch batch, Turn saved, Afterwards afterwards, Semaphore places) {
        MDC.put("route", route.id());
        try {
            if (!batch.isEmpty()) {
                route.take(batch);
            } else {
                batch.turn().await();
            }
            batch.turn().stored();
            saved.await();
            afterwards.stored(batch);
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
            over(batch, saved, places);
        }
    }

    private static void over(Batch batch, Turn saved, Semaphore places) {
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
