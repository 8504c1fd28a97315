package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import floe.change.Position;
import floe.change.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoringTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final Origin ORIGIN = new Origin("binlog.000003", 4, 1, "g:1", 0, false);

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final List<Long> written = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> stored = Collections.synchronizedList(new ArrayList<>());
    private final List<String> saved = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() throws InterruptedException {
        workers.shutdownNow();
        assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whileOneIsPutTheNextIsWrittenAndStoredAfterIt() throws InterruptedException {
        CountDownLatch secondIsWritten = new CountDownLatch(1);
        Storing storing = storing((number, batch) -> {
            written.add(number);
            if (number == 2) {
                secondIsWritten.countDown();
            }
            batch.turn().await();
            if (number == 1) {
                secondIsWritten.await();
            }
            stored.add(number);
        });

        store(storing, 1);
        store(storing, 2);
        storing.finish();

        assertThat(stored).containsExactly(1L, 2L);
        assertThat(saved).containsExactly("1", "2");
    }

    @Test
    void manyAreStoredInOrder() throws InterruptedException {
        Storing storing = storing((number, batch) -> {
            batch.turn().await();
            stored.add(number);
        });

        for (int number = 0; number < 1_000; number++) {
            store(storing, number);
        }
        storing.finish();

        assertThat(stored).hasSize(1_000).isSorted();
        assertThat(saved)
                .containsExactlyElementsOf(stored.stream().map(String::valueOf).toList());
    }

    @Test
    void noMoreThanTwoAreUnderWay() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Storing storing = storing((number, batch) -> {
            written.add(number);
            mayEnd.await();
        });
        Thread reader = new Thread(() -> {
            for (int number = 1; number <= 3; number++) {
                store(storing, number);
            }
        });

        reader.start();
        await().until(() -> written.size() == 2 && reader.getState() == Thread.State.WAITING);
        mayEnd.countDown();
        reader.join();
        storing.finish();

        assertThat(saved).containsExactly("1", "2", "3");
    }

    @Test
    void whatComesAfterOneThatFailedIsNotStored() throws InterruptedException {
        CountDownLatch secondIsWritten = new CountDownLatch(1);
        CaptureFailed failure = new CaptureFailed("The stream is gone");
        Storing storing = storing((number, batch) -> {
            if (number == 1) {
                secondIsWritten.await();
                throw failure;
            }
            secondIsWritten.countDown();
            batch.turn().await();
            stored.add(number);
        });
        store(storing, 1);
        store(storing, 2);

        assertThatThrownBy(storing::finish).isSameAs(failure);
        assertThatThrownBy(() -> store(storing, 3)).isSameAs(failure);
        assertThat(stored).isEmpty();
        assertThat(saved).isEmpty();
    }

    @Test
    void whatWasBeforeOneThatFailedIsStored() throws InterruptedException {
        CountDownLatch secondHasFailed = new CountDownLatch(1);
        CaptureFailed failure = new CaptureFailed("Its rows are too many");
        Storing storing = storing((number, batch) -> {
            if (number == 2) {
                secondHasFailed.countDown();
                throw failure;
            }
            secondHasFailed.await();
            batch.turn().await();
            stored.add(number);
        });
        store(storing, 1);
        store(storing, 2);

        assertThatThrownBy(storing::finish).isSameAs(failure);
        assertThat(saved).containsExactly("1");
    }

    @Test
    void nothingIsSavedAfterAStateThatCouldNotBe() throws InterruptedException {
        CaptureFailed failure = new CaptureFailed("The state cannot be saved");
        Storing storing = storing((number, batch) -> batch.turn().await());
        storing.store(events(1), null, batch -> {
            throw failure;
        });

        assertThatThrownBy(() -> {
                    store(storing, 2);
                    storing.finish();
                })
                .isSameAs(failure);
        assertThat(saved).isEmpty();
    }

    @Test
    void anErrorComesOutAsOne() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        Storing storing = storing((number, batch) -> {
            throw error;
        });
        store(storing, 1);

        assertThatThrownBy(storing::finish).isSameAs(error);
        assertThatThrownBy(() -> store(storing, 2)).isSameAs(error);
    }

    @Test
    void finishWaitsForAllThatIsUnderWay() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Storing storing = storing((number, batch) -> mayEnd.await());
        store(storing, 1);
        Thread end = new Thread(storing::finish);

        end.start();
        await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
        List<String> before = List.copyOf(saved);
        mayEnd.countDown();
        end.join();

        assertThat(before).isEmpty();
        assertThat(saved).containsExactly("1");
    }

    @Test
    void oneWithoutEventsIsSavedInItsTurnAndNotStored() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Storing storing = storing((number, batch) -> {
            mayEnd.await();
            stored.add(number);
        });
        store(storing, 1);
        storing.store(List.of(), null, batch -> saved.add("none"));

        mayEnd.countDown();
        storing.finish();

        assertThat(stored).containsExactly(1L);
        assertThat(saved).containsExactly("1", "none");
    }

    @Test
    void workersThatAreGoneStopCaptureAndHoldUpNobody() {
        Storing storing = storing((number, batch) -> {});
        workers.shutdown();

        assertThatThrownBy(() -> store(storing, 1)).isInstanceOf(CaptureFailed.class);
        assertThatThrownBy(storing::finish).hasMessage("Capture is being stopped");
    }

    /** As Camel's pools do once they are shut down. */
    @Test
    void aTaskThatNobodyRunsHoldsUpNobody() throws InterruptedException {
        ThreadPoolExecutor dropping = new ThreadPoolExecutor(
                2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
        Storing storing = new Storing(dropping, route((number, batch) -> {}));
        dropping.shutdown();
        store(storing, 1);

        assertThatThrownBy(storing::finish).hasMessage("Capture is being stopped");
    }

    private interface Work {
        void on(long number, Batch batch) throws InterruptedException;
    }

    private Storing storing(Work work) {
        return new Storing(workers, route(work));
    }

    private static Capture.Route route(Work work) {
        return new Capture.Route() {
            @Override
            public String id() {
                return "binlog-to-kinesis";
            }

            @Override
            public void take(Batch batch) throws InterruptedException {
                work.on(batch.events().get(0).position().offset(), batch);
            }
        };
    }

    private void store(Storing storing, long number) {
        try {
            storing.store(events(number), null, batch -> saved.add(String.valueOf(number)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A batch of one event, which is told by its offset. */
    private static List<BinlogEvent> events(long number) {
        return List.of(
                new BinlogEvent(new SourceEvent.Truncation(ITEMS, ORIGIN), "server", new Position(1, 3, number, 0)));
    }
}
