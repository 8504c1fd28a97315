package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.binlog.TableLayout;
import floe.capture.BinlogEvent;
import floe.capture.SettingsFor;
import floe.capture.Snapshots;
import floe.capture.SourceEvent;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import floe.state.TableSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three chunks of one row each, which are stored when the test says so. */
@Timeout(60)
class SnapshotRunsTest {

    private static final TableId ITEMS = TableId.parse("shop.items");
    private static final Duration A_WHILE = Duration.ofMillis(300);
    private static final TableShape SHAPE = new TableShape(List.of(), List.of());

    private final List<Consumer<Optional<String>>> given = Collections.synchronizedList(new ArrayList<>());
    private final TableSnapshot begun =
            TableSnapshot.begin(ITEMS, new Position(1, 1, 4, 0), "binlog.000001", "", Instant.EPOCH);
    private final List<BinlogEvent> read = Collections.synchronizedList(new ArrayList<>());
    private volatile TableShape sent = SHAPE;
    private volatile CountDownLatch connects = new CountDownLatch(0);
    private volatile OptionalLong lag = OptionalLong.empty();
    private final SnapshotRuns runs = new SnapshotRuns(
            (snapshot, server, waiting) -> {
                connects.await();
                return new ThreeChunks();
            },
            "server",
            new SnapshotPace(
                    SettingsFor.capture(new MySqlServer(), "shop.items", Path.of("unused")),
                    () -> lag,
                    System::nanoTime,
                    Instant::now),
            1,
            Executors.newFixedThreadPool(1),
            table -> sent,
            new Snapshots.Store() {
                @Override
                public void store(List<BinlogEvent> events, Consumer<Optional<String>> stored) {
                    read.addAll(events);
                    given.add(stored);
                }

                @Override
                public void came() {}
            });

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void aSnapshotHasEndedOnceAllOfItIsStored() {
        runs.run(List.of(begun));
        await().until(() -> given.size() == 4);
        given.subList(0, 3).forEach(stored -> stored.accept(Optional.empty()));
        List<TableSnapshot> before = runs.now(List.of(begun));
        assertThat(runs.outcomes()).isEmpty();

        given.get(3).accept(Optional.empty());

        assertThat(before).singleElement().satisfies(half -> {
            assertThat(half.parts()).containsExactly("2");
            assertThat(half.rows()).isEqualTo(2);
        });
        assertThat(runs.outcomes()).singleElement().isInstanceOf(Snapshots.Read.class);
    }

    /** Its end would say that the row is not there, and a restart would go on behind it. */
    @Test
    void aRowThatCannotBeWrittenEndsTheSnapshotBeforeIt() {
        runs.run(List.of(begun));
        await().until(() -> given.size() == 4);
        given.get(0).accept(Optional.empty());
        given.get(1).accept(Optional.empty());
        given.get(2).accept(Optional.of("a column that cannot be read"));
        given.get(3).accept(Optional.empty());

        assertThat(runs.outcomes()).singleElement().isInstanceOfSatisfying(Snapshots.NotRead.class, not -> {
            assertThat(not.why()).isEqualTo("a column that cannot be read");
            assertThat(not.snapshot().parts()).containsExactly("1");
        });
        assertThat(runs.now(List.of(begun)).get(0).parts()).containsExactly("1");
    }

    @Test
    void anOutcomeTellsHowLongTheStreamWasWaitedFor() {
        lag = OptionalLong.of(Long.MAX_VALUE);
        long began = System.nanoTime();
        runs.run(List.of(begun));
        await().until(() -> runs.doing().get(ITEMS).equals("waits until the stream has caught up"));
        long waits = System.nanoTime();
        await().until(() -> System.nanoTime() - waits > A_WHILE.toNanos());

        lag = OptionalLong.empty();
        await().until(() -> given.size() == 4);
        given.forEach(stored -> stored.accept(Optional.empty()));

        assertThat(runs.outcomes())
                .singleElement()
                .extracting(Snapshots.Outcome::waited)
                .satisfies(
                        waited -> assertThat(waited).isBetween(A_WHILE, Duration.ofNanos(System.nanoTime() - began)));
    }

    /** What was told of it since then counts from where that was. */
    @Test
    void theShapeIsToldWhereTheSnapshotBeganThoughTheBinlogHasToldOfItSince() {
        connects = new CountDownLatch(1);
        runs.run(List.of());
        sent = null;
        runs.run(List.of(begun));
        sent = SHAPE;
        connects.countDown();

        await().until(() -> given.size() == 4);

        assertThat(read)
                .filteredOn(event -> event.event() instanceof SourceEvent.Shape)
                .extracting(BinlogEvent::position)
                .containsExactly(begun.began());
    }

    @Test
    void theShapeIsNotToldAgain() {
        runs.run(List.of());
        runs.run(List.of(begun));

        await().until(() -> given.size() == 4);

        assertThat(read).noneMatch(event -> event.event() instanceof SourceEvent.Shape);
    }

    private static final class ThreeChunks implements TableSource.Reading {

        @Override
        public TableShape shape() {
            return SHAPE;
        }

        @Override
        public String definition() {
            return "definition";
        }

        @Override
        public long estimate() {
            return 3;
        }

        @Override
        public List<String> parts(int most) {
            return List.of("0");
        }

        @Override
        public TableSource.Chunk next(String part) {
            int next = Integer.parseInt(part) + 1;
            return new TableSource.Chunk(
                    new TableLayout(ITEMS, List.of()),
                    List.<byte[][]>of(new byte[][] {{'1'}}),
                    next == 3 ? Optional.empty() : Optional.of(String.valueOf(next)));
        }

        @Override
        public void close() {}
    }
}
