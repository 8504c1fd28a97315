package floe.snowflake;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the names of MySQL are spelled in Snowflake. Each letter is changed by itself, whatever stands beside it and whatever the
 * locale, so that a table of the letters says it all: Snowflake is given that table, as its own idea of upper case may differ.
 */
enum LetterCase {
    UPPER {
        @Override
        String letter(String letter) {
            return letter.toUpperCase(Locale.ROOT);
        }
    },
    KEEP {
        @Override
        String letter(String letter) {
            return letter;
        }
    },
    LOWER {
        @Override
        String letter(String letter) {
            return letter.toLowerCase(Locale.ROOT);
        }
    };

    abstract String letter(String letter);

    /** The name in this case. */
    String of(String name) {
        return name.codePoints()
                .mapToObj(letter -> letter(Character.toString(letter)))
                .collect(Collectors.joining());
    }

    /** What each letter becomes that does not stay as it is; MySQL's names have no others than those of the basic plane. */
    Map<String, String> letters() {
        Map<String, String> letters = new TreeMap<>();
        for (int letter = 1; letter <= Character.MAX_VALUE; letter++) {
            if (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE) {
                String before = Character.toString(letter);
                String after = letter(before);
                if (!after.equals(before)) {
                    letters.put(before, after);
                }
            }
        }
        return letters;
    }
}
