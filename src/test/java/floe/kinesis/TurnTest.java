package floe.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnTest {

    @Test
    void theFirstHasCome() {
        assertThatCode(() -> {
                    Turn.first().await();
                    Turn.first().next().await();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aTurnComesWhenTheOneAheadIsStored() throws Exception {
        Turn ahead = Turn.first().next();
        CompletableFuture<String> waiting = new CompletableFuture<>();
        Thread thread = thatWaitsFor(ahead.next(), waiting);

        ahead.stored();

        assertThat(waiting.get()).isEqualTo("come");
        thread.join();
    }

    @Test
    void aTurnNeverComesAfterOneThatFailed() throws Exception {
        Turn ahead = Turn.first().next();
        CompletableFuture<String> waiting = new CompletableFuture<>();
        Thread thread = thatWaitsFor(ahead.next(), waiting);

        ahead.failed();

        assertThat(waiting.get()).isEqualTo("never");
        thread.join();
    }

    @Test
    void failingAfterItWasStoredChangesNothing() {
        Turn ahead = Turn.first().next();
        ahead.stored();

        ahead.failed();

        assertThatCode(ahead.next()::await).doesNotThrowAnyException();
    }

    @Test
    void oneFailureStopsAllThatFollowAsEachOfThemFails() {
        Turn first = Turn.first().next();
        Turn second = first.next();
        Turn third = second.next();
        first.failed();

        assertThatThrownBy(second::await).isInstanceOf(CancellationException.class);
        second.failed();
        assertThatThrownBy(third::await).isInstanceOf(CancellationException.class);
    }

    /** A reading may have millions of them. */
    @Test
    void oneThatIsStoredKeepsNoneOfThoseBefore() {
        Turn last = Turn.first();
        WeakReference<Turn> before = new WeakReference<>(last);
        last = last.next();
        last.stored();

        await().until(() -> {
            System.gc();
            return before.get() == null;
        });
        assertThatCode(last.next()::await).doesNotThrowAnyException();
    }

    private static Thread thatWaitsFor(Turn turn, CompletableFuture<String> outcome) {
        Thread thread = new Thread(() -> {
            try {
                turn.await();
                outcome.complete("come");
            } catch (CancellationException e) {
                outcome.complete("never");
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        assertThat(outcome).isNotDone();
        return thread;
    }
}
