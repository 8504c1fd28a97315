package local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private final AtomicLong seconds = new AtomicLong();
    private final Standstill standstill = new Standstill(
            Duration.ofSeconds(60), () -> Duration.ofSeconds(seconds.get()).toNanos());

    @Test
    void countThatMovesIsNone() {
        for (int count = 0; count < 10; count++) {
            assertThat(standstill.at(count)).isFalse();
            seconds.addAndGet(60);
            assertThat(standstill.at(count)).isFalse();
        }
    }

    @Test
    void countThatStaysIsOneAfterItsTimeAndNoneOnceItMoves() {
        standstill.at(7);
        seconds.set(61);

        assertThat(standstill.at(7)).isTrue();
        assertThat(standstill.at(8)).isFalse();
        seconds.set(121);
        assertThat(standstill.at(8)).isFalse();
        seconds.set(122);
        assertThat(standstill.at(8)).isTrue();
    }
}
