package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.capture.SettingsFor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.Test;

class SnapshotPaceTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z"));
    private final Set<String> waiting = Collections.synchronizedSet(new LinkedHashSet<>());

    @Test
    void nothingIsReadOutsideOfTheHoursThatAreSet() {
        CompletableFuture<Void> reading = reading(pace("capture.snapshot-hours", "22:00-06:00"));
        await().until(() -> !waiting.isEmpty());
        assertThat(reading).isNotDone();

        now.set(Instant.parse("2026-11-27T22:00:00Z"));

        assertThat(reading).succeedsWithin(SOON);
        assertThat(waiting).containsExactly("waits for capture.snapshot-hours 22:00-06:00 (UTC)");
    }

    @Test
    void nothingIsReadWhileTheStreamIsTooFarBehind() {
        lag.set(15_001);
        CompletableFuture<Void> reading =
                reading(pace("capture.snapshot-longest-lag", "5s", "capture.heartbeat", "10s"));
        await().until(() -> !waiting.isEmpty());
        assertThat(reading).isNotDone();

        lag.set(15_000);

        assertThat(reading).succeedsWithin(SOON);
        assertThat(waiting).containsExactly("waits until the stream has caught up");
    }

    @Test
    void rowsBeyondTheRateAreWaitedFor() {
        SnapshotPace pace = pace("capture.snapshot-rows-per-second", "100");
        assertThat(reading(pace)).succeedsWithin(SOON);
        pace.read(200);
        CompletableFuture<Void> reading = reading(pace);
        await().until(() -> !waiting.isEmpty());
        nanos.set(1_999_999_999L);
        assertThat(reading).isNotDone();

        nanos.set(2_000_000_000L);

        assertThat(reading).succeedsWithin(SOON);
    }

    private CompletableFuture<Void> reading(SnapshotPace pace) {
        return CompletableFuture.runAsync(() -> {
            try {
                pace.await(waiting::add);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private SnapshotPace pace(String... settings) {
        return new SnapshotPace(
                SettingsFor.capture(new MySqlServer(), "shop.items", Path.of("unused"), settings),
                () -> OptionalLong.of(lag.get()),
                nanos::get,
                now::get);
    }
}
