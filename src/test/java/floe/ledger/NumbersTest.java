package floe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.ledger.Numbers.Range;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Property(tries = 500)
    void holdsWhatWasAdded(@ForAll @Size(max = 12) List<@IntRange(min = 1, max = 40) Integer> bounds) {
        Numbers numbers = new Numbers();
        TreeSet<Long> expected = new TreeSet<>();
        for (int i = 0; i + 1 < bounds.size(); i += 2) {
            long from = Math.min(bounds.get(i), bounds.get(i + 1));
            long to = Math.max(bounds.get(i), bounds.get(i + 1));
            boolean isNew =
                    expected.addAll(LongStream.rangeClosed(from, to).boxed().toList());

            assertThat(numbers.add(from, to)).isEqualTo(isNew);
        }

        assertThat(each(numbers.ranges())).containsExactlyElementsOf(expected);
        assertThat(each(numbers.missing(3, 38)))
                .containsExactlyElementsOf(LongStream.rangeClosed(3, 38)
                        .boxed()
                        .filter(number -> !expected.contains(number))
                        .toList());
        assertThat(LongStream.rangeClosed(1, 41).filter(numbers::contains).boxed())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void rangesThatTouchAreOne() {
        Numbers numbers = new Numbers();
        numbers.add(1, 2);
        numbers.add(5, 6);

        numbers.add(3, 4);

        assertThat(numbers.ranges()).containsExactly(new Range(1, 6));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThatThrownBy(() -> new Numbers().add(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Numbers().add(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> each(List<Range> ranges) {
        return ranges.stream()
                .flatMap(range ->
                        LongStream.rangeClosed(range.from(), range.to()).boxed())
                .toList();
    }
}
