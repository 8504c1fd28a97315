package floe.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DailyHoursTest {

    private static final String KEY = "capture.snapshot-hours";

    @ParameterizedTest
    @CsvSource({
        "22:00-06:00, 21:59:59, false",
        "22:00-06:00, 22:00:00, true",
        "22:00-06:00, 00:00:00, true",
        "22:00-06:00, 05:59:59, true",
        "22:00-06:00, 06:00:00, false",
        "01:30 - 04:00, 01:29:59, false",
        "01:30 - 04:00, 01:30:00, true",
        "01:30 - 04:00, 04:00:00, false",
        "01:30 - 04:00, 12:00:00, false",
        "00:00-00:00, 12:00:00, true",
        "12:00-12:00, 03:00:00, true",
        "18:00-00:00, 23:59:59, true",
        "18:00-00:00, 00:00:00, false"
    })
    void theEndIsNotPartOfThem(String hours, String time, boolean within) {
        assertThat(read(hours).contains(Instant.parse("2026-11-27T" + time + "Z")))
                .isEqualTo(within);
    }

    @Test
    void noneAreTheWholeDay() {
        assertThat(read("")).isEqualTo(DailyHours.ALWAYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22:00", "22-6", "22:00-24:00", "22:00-06:00-08:00", "25:00-06:00", "at night"})
    void whatIsNoPartOfADayIsRefusedByName(String hours) {
        assertThatThrownBy(() -> read(hours))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContainingAll(KEY, hours, "22:00-06:00");
    }

    private static DailyHours read(String hours) {
        return DailyHours.read(new Settings(new MapLookup(Map.of(KEY, hours))), KEY);
    }
}
