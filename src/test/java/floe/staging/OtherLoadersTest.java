package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtherLoadersTest {

    private final SetClock clock = new SetClock();
    private final OtherLoaders others = new OtherLoaders(new Share(2, 0), Duration.ofMinutes(15), clock);

    @Test
    void aLoaderThatLoadsNothingIsNamedWhenPatienceIsOver() {
        others.saw(files(1, 2, 3));
        clock.pass(14);
        others.saw(files(1, 2, 3, 4));
        assertThat(others.idle()).isEmpty();

        clock.pass(1);
        others.saw(files(1, 2, 3, 4, 5));

        assertThat(others.idle())
                .singleElement()
                .asString()
                .startsWith("Loader 1 of 2 has loaded none of its 5 staged files since 1970-01-01T00:00:00Z")
                .endsWith("the oldest is " + file(1).key());
    }

    @Test
    void aLoaderThatLoadsItsOldestIsNotIdle() {
        others.saw(files(1, 2));
        clock.pass(15);
        others.saw(files(2, 3, 4));

        assertThat(others.idle()).isEmpty();
    }

    @Test
    void aLoaderThatLoadsOthersThanAStuckOneIsNotIdle() {
        others.saw(files(1, 2, 3));
        clock.pass(15);
        others.saw(files(1, 4));

        assertThat(others.idle()).isEmpty();
    }

    @Test
    void aLoaderThatHasDoneAllIsNotIdle() {
        others.saw(files(1));
        clock.pass(15);
        others.saw(Map.of());

        assertThat(others.idle()).isEmpty();
    }

    /** Those of loader 1. */
    private static Map<Integer, Pile> files(int... seconds) {
        Pile files = new Pile();
        IntStream.of(seconds).mapToObj(OtherLoadersTest::file).forEach(files::add);
        return Map.of(1, files);
    }

    private static StagedFile file(int second) {
        return new StagedFile(
                "staging/",
                "CDC_schema/Persons/2026/11/22/10/floe-1-2026-11-22-10-00-%02d-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f"
                        .formatted(second),
                Instant.EPOCH);
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        void pass(int minutes) {
            now = now.plus(Duration.ofMinutes(minutes));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
