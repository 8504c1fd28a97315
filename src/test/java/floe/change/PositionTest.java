package floe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionTest {

    @Test
    void textOrderIsPositionOrder() {
        Position[] rising = {
            Position.ofLine(0, 1, 9_999_999_999L),
            Position.ofLine(1_795_367_406, 2, 1),
            Position.ofLine(1_795_367_406, 2, 4_294_967_295L),
            Position.ofLine(1_795_367_406, 10, 0),
            new Position(1_795_367_406, 3, 4_711, 0),
            new Position(1_795_367_406, 3, 4_711, 9),
            new Position(1_795_367_406, 3, 4_711, 10),
            new Position(1_795_367_406, 3, 12_000_000_000L, 1),
            new Position(1_795_367_406, 10, 4, 1),
            new Position(1_795_367_407, 1, 4, 1)
        };
        for (int i = 1; i < rising.length; i++) {
            assertThat(rising[i - 1]).isLessThan(rising[i]);
            assertThat(rising[i - 1].toString()).isLessThan(rising[i].toString());
        }
    }

    @Test
    void readsWhatItWrites() {
        Position position = new Position(1_795_367_406, 3, 4_711, 3);

        assertThat(position).hasToString("1795367406-0000000003-000000004711-0000000003");
        assertThat(Position.parse(position.toString())).isEqualTo(position);
    }

    @Test
    void refusesWhatIsNoPosition() {
        assertThatThrownBy(() -> Position.parse("1795367406-3-4711-3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1795367406-3-4711-3")
                .hasMessageContaining("10, 10, 12 and 10 digits");
    }

    @Test
    void refusesANumberThatWouldOverflowItsDigits() {
        assertThatThrownBy(() -> new Position(1, 1, 1_000_000_000_000L, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset");
    }
}
