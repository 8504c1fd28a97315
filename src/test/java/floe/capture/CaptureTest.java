package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import floe.change.TableId;
import floe.change.TableShape;
import floe.health.Stage;
import floe.metrics.CaptureMeters;
import floe.settings.MapLookup;
import floe.settings.Settings;
import floe.settings.ShippedSettings;
import floe.state.CaptureState;
import floe.state.StateFile;
import floe.state.TableSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CaptureTest {

    private static final TableId ITEMS = TableId.parse("shop.items");

    @TempDir
    Path folder;

    private final AtomicReference<Snapshots.Store> beside = new AtomicReference<>();
    private final CountDownLatch tried = new CountDownLatch(1);

    /** The session is ahead then: what is told of snapshots must not save its place. */
    @Test
    void nothingIsSavedOnceABatchCouldNotBeTaken() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start()) {
            mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.items (id INT PRIMARY KEY)");
            ScheduledExecutorService watchman = Executors.newSingleThreadScheduledExecutor();
            ExecutorService workers = Executors.newFixedThreadPool(Storing.UNDER_WAY);
            ExecutorService loop = Executors.newSingleThreadExecutor();
            Capture capture = capture(mysql, watchman, workers);
            try {
                loop.execute(capture::untilStopped);
                tried.await();
                await().until(() -> saved().snapshots().size() == 1);

                assertThat(saved().offset()).containsEntry("pos", 4L);
            } finally {
                capture.stop();
                watchman.shutdownNow();
                loop.shutdownNow();
                workers.shutdownNow();
            }
        }
    }

    private Capture capture(MySqlServer mysql, ScheduledExecutorService watchman, ExecutorService workers)
            throws Exception {
        CaptureSettings settings = SettingsFor.capture(mysql, "shop.items", folder, "capture.longest-pause", "1m");
        Map<String, String> shipped = new HashMap<>();
        ShippedSettings.read().all().forEach(setting -> shipped.put(setting.key(), setting.value()));
        CaptureParts parts = new CaptureParts(
                settings,
                Stage.read("capture", new Settings(new MapLookup(shipped))),
                new CaptureMeters(new SimpleMeterRegistry()),
                new SimpleMeterRegistry());
        return new Capture(
                parts,
                new Capture.Sources((start, connection) -> reading(start.state()), new NoSnapshots()),
                new CaptureProgress(settings.tables(), System::nanoTime),
                watchman,
                workers,
                new Capture.Route() {
                    @Override
                    public String id() {
                        return "binlog-to-kinesis";
                    }

                    @Override
                    public void take(Batch batch) throws InterruptedException {
                        batch.turn().await();
                    }
                });
    }

    /** Gives a batch whose last event cannot be taken, and then lets snapshots go on. */
    private BinlogSource.Reading reading(CaptureState state) {
        String file = String.valueOf(state.offset().get("file"));
        List<SourceEvent> bad = List.of(
                new SourceEvent.Truncation(ITEMS, new Origin(file, 500, 0, null, 0, false)),
                new SourceEvent.Progress(Map.of("file", file, "pos", 600L, "gtids", ""), OptionalLong.empty()),
                new SourceEvent.Truncation(ITEMS, new Origin(file, 100, 0, null, 0, false)));
        return new BinlogSource.Reading() {
            @Override
            public void run(BinlogSource.Reader reader) {
                reader.reading();
                assertThatThrownBy(() -> reader.take(bad)).isInstanceOf(UncomparablePositions.class);
                beside.get().came();
                tried.countDown();
            }

            @Override
            public void close() {}

            @Override
            public void fail(String reason) {}
        };
    }

    private CaptureState saved() throws Exception {
        return new StateFile(folder.resolve("state.json")).read().orElseThrow();
    }

    private final class NoSnapshots implements SnapshotSource, Snapshots {

        @Override
        public Snapshots beside(
                String server,
                Supplier<OptionalLong> lagMillis,
                Function<TableId, TableShape> shapes,
                Snapshots.Store store) {
            beside.set(store);
            return this;
        }

        @Override
        public void run(List<TableSnapshot> saved) {}

        @Override
        public List<TableSnapshot> now(Collection<TableSnapshot> saved) {
            return List.copyOf(saved);
        }

        @Override
        public Map<TableId, String> doing() {
            return Map.of();
        }

        @Override
        public List<Outcome> outcomes() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
