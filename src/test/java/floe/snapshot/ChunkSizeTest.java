package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    @Test
    void aFullChunkThatWasFastIsFollowedByALargerOne() {
        assertThat(new ChunkSize(1_000)
                        .next(1_000, 50_000, Duration.ofMillis(160))
                        .rows())
                .isEqualTo(1_250);
        assertThat(new ChunkSize(1_000)
                        .next(1_000, 50_000, Duration.ofMillis(1))
                        .rows())
                .isEqualTo(2_000);
        assertThat(new ChunkSize(90_000)
                        .next(90_000, 50_000, Duration.ofMillis(1))
                        .rows())
                .isEqualTo(25_000);
    }

    @Test
    void aSlowOneIsFollowedByASmallerOne() {
        assertThat(new ChunkSize(10_000)
                        .next(10_000, 50_000, Duration.ofMillis(400))
                        .rows())
                .isEqualTo(5_000);
        assertThat(new ChunkSize(10_000)
                        .next(10_000, 50_000, Duration.ofSeconds(60))
                        .rows())
                .isEqualTo(1_000);
        assertThat(new ChunkSize(1_000).next(700, 50_000, Duration.ofSeconds(5)).rows())
                .isEqualTo(100);
    }

    @Test
    void oneThatIsNotFullSaysNothingOfALargerOne() {
        assertThat(new ChunkSize(1_000).next(10, 500, Duration.ofMillis(1)).rows())
                .isEqualTo(1_000);
        assertThat(new ChunkSize(1_000).next(0, 0, Duration.ofMillis(1)).rows()).isEqualTo(1_000);
    }

    @Test
    void largeRowsAreFewer() {
        int mib = 1 << 20;

        assertThat(new ChunkSize(1_000)
                        .next(4, 8L * mib, Duration.ofMillis(200))
                        .rows())
                .isEqualTo(4);
        assertThat(new ChunkSize(1_000)
                        .next(1, 90L * mib, Duration.ofMillis(200))
                        .rows())
                .isEqualTo(1);
        assertThat(new ChunkSize(1).next(1, 50, Duration.ofMillis(1)).rows()).isEqualTo(2);
    }

    @Test
    void whatTookTooLongIsTriedAgainSmaller() {
        assertThat(new ChunkSize(1_000).smaller().rows()).isEqualTo(100);
        assertThat(new ChunkSize(5).smaller().rows()).isEqualTo(1);
    }
}
