package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterCaseTest {

    @Property
    void upperCaseIsThatOfColumns(@ForAll @CharRange(from = '\u0001', to = '\ud7ff') String name) {
        assertThat(LetterCase.UPPER.of(name))
                .isEqualTo(SnowflakeName.fold(name))
                .isEqualTo(name.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource
    void theLettersSayItAll(LetterCase letterCase) {
        Map<String, String> letters = letterCase.letters();
        String all = IntStream.rangeClosed(1, 0xffff)
                .filter(letter -> letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        String byLetters = all.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> letters.getOrDefault(letter, letter))
                .collect(Collectors.joining());

        assertThat(byLetters).isEqualTo(letterCase.of(all));
    }
}
