package floe.snapshot;

import floe.capture.CaptureSettings;
import floe.capture.SnapshotSource;
import floe.capture.Snapshots;
import floe.change.TableId;
import floe.change.TableShape;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads tables chunk by chunk, by as many threads as {@code capture.snapshot-readers} says. */
public final class TableReaders implements SnapshotSource {

    private final CaptureSettings settings;

    public TableReaders(CaptureSettings settings) {
        this.settings = settings;
    }

    @Override
    public Snapshots beside(
            String server,
            Supplier<OptionalLong> lagMillis,
            Function<TableId, TableShape> shapes,
            Snapshots.Store store) {
        int count = settings.snapshots().readers();
        ExecutorService threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "capture-snapshot");
            thread.setDaemon(true);
            return thread;
        });
        SnapshotPace pace = new SnapshotPace(settings, lagMillis, System::nanoTime, Instant::now);
        return new SnapshotRuns(new ChunkedTables(settings), server, pace, count, threads, shapes, store);
    }
}
