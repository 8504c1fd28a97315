package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Position;
import floe.change.TableId;
import floe.state.CaptureState;
import floe.state.SnapshotRequests;
import floe.state.TableSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotWishesTest {

    private static final long EPOCH = 1_000;
    private static final TableId PERSONS = new TableId("shop", "Persons");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final CaptureSession session = new CaptureSession(
            new CaptureState(
                            "server",
                            "binlog",
                            EPOCH,
                            new Position(EPOCH, 3, 100, 3).toString(),
                            Map.of("file", "binlog.000003", "pos", 110L))
                    .capturing(Set.of(PERSONS), Set.of(), Instant.EPOCH),
            () -> EPOCH + 1);
    private SnapshotWishes wishes;

    /** One that has begun, of a table that has diverged once more since then. */
    @BeforeEach
    void begin() {
        wishes = new SnapshotWishes(
                SettingsFor.capture(new MySqlServer(), "shop.Persons", folder),
                SnapshotRequests.in(folder),
                session,
                table -> null,
                nanos::get);
        diverges(200);
        wishes.decide(List.of());
        diverges(300);
    }

    @Test
    void aTableRestsForNineTimesAsLongAsItWasRead() {
        passes(SECOND);
        wishes.decide(List.of(read(Duration.ZERO)));

        passes(SECOND.multipliedBy(8));
        assertThat(begunByNow()).isEmpty();
        passes(SECOND.multipliedBy(2));

        assertThat(begunByNow()).hasSize(1);
    }

    @Test
    void whatASnapshotHasWaitedForMakesItsTableRestNoLonger() {
        passes(HOUR.plus(SECOND));
        wishes.decide(List.of(read(HOUR)));

        passes(SECOND.multipliedBy(10));

        assertThat(begunByNow()).hasSize(1);
    }

    private void diverges(long offset) {
        session.accept(List.of(
                new SourceEvent.Progress(Map.of("file", "binlog.000003", "pos", offset), OptionalLong.empty())));
        session.setAside(PERSONS, "RENAME COLUMN", Instant.EPOCH);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Snapshots.Outcome read(Duration waited) {
        return new Snapshots.Read(session.state().snapshots().get(0), waited);
    }

    private List<TableSnapshot> begunByNow() {
        wishes.decide(List.of());
        return session.state().snapshots();
    }
}
