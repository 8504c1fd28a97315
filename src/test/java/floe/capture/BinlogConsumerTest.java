package floe.capture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogConsumerTest {

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "+01:00"})
    void anotherZoneThanUtcStopsTheStartAndSaysWhatToDo(String zone) {
        assertThatThrownBy(() -> BinlogConsumer.checkTimeZone(ZoneId.of(zone)))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining(zone)
                .hasMessageContaining("-Duser.timezone=UTC");
    }

    @Test
    void utcByWhateverNameIsRight() {
        assertThatCode(() -> {
                    BinlogConsumer.checkTimeZone(ZoneId.of("UTC"));
                    BinlogConsumer.checkTimeZone(ZoneId.of("Etc/UTC"));
                    BinlogConsumer.checkTimeZone(ZoneOffset.UTC);
                })
                .doesNotThrowAnyException();
    }
}
