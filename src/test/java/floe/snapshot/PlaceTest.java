package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @Test
    void aPlaceIsTheSameAfterItWasText() {
        Place place = new Place("PRIMARY `a\"`, `b` DESC", List.of("", "-1.5e-7", "2024-02-31 00:00:00"), "9");

        assertThat(Place.parse(place.text())).isEqualTo(place);
        assertThat(place.text())
                .isEqualTo(
                        "{\"order\":\"PRIMARY `a\\\"`, `b` DESC\",\"after\":[\"\",\"-1.5e-7\",\"2024-02-31 00:00:00\"],"
                                + "\"upTo\":\"9\"}");
        assertThat(Place.parse(Place.BEGINNING.text())).isEqualTo(Place.BEGINNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{}", "[]", "{\"after\":1}", "{\"after\":[1]}", "{\"after\":[null]}"})
    void anotherTextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Place.parse(text));
    }
}
