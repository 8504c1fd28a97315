package floe.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidSetTest {

    private static final String A = "0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";
    private static final String B = "1f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";

    @Test
    void anEmptySetHasNothing() {
        assertThat(GtidSet.parse("").toString()).isEmpty();
        assertThat(GtidSet.parse("").contains(A + ":1")).isFalse();
    }

    /** {@code a} and {@code b} stand for servers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:1|a:1",
                "a:1-5:7|a:1-5:7",
                "a:1-5:6|a:1-6",
                "a:7:1-5|a:1-5:7",
                "a:1-5:3-9|a:1-9",
                "a:1-9:3-4|a:1-9",
                "'a:1-5, b:2'|'a:1-5,b:2'",
                "'b:2,a:1-5'|'a:1-5,b:2'",
                "'a:1,a:2'|a:1-2",
                "a:tag:1-3|a:tag:1-3",
                "a:1-5:tag:1-3:8|'a:1-5,a:tag:1-3:8'",
                "a:1:tag:2:other:3-4|'a:1,a:other:3-4,a:tag:2'",
                "a:Tag:1|a:tag:1",
                "a:9223372036854775806|a:9223372036854775806"
            })
    void isWrittenInOneForm(String text, String expected) {
        assertThat(GtidSet.parse(named(text)).toString()).isEqualTo(named(expected));
    }

    @Test
    void anUpperCaseServerIsTheSame() {
        assertThat(GtidSet.parse(A.toUpperCase(java.util.Locale.ROOT) + ":1-5").contains(A + ":3"))
                .isTrue();
    }

    @Test
    void linesOfMySqlMayBreak() {
        assertThat(GtidSet.parse(A + ":1-5,\n" + B + ":2").toString()).isEqualTo(A + ":1-5," + B + ":2");
    }

    @Test
    void numbersWithATagAreTheirOwn() {
        GtidSet set = GtidSet.parse(A + ":1-5:tag:8");

        assertThat(set.contains(A + ":5")).isTrue();
        assertThat(set.contains(A + ":8")).isFalse();
        assertThat(set.contains(A + ":tag:8")).isTrue();
        assertThat(set.contains(A + ":tag:5")).isFalse();
        assertThat(set.contains(A + ":other:8")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", A, A + ":1-", A + ":1-2-3"})
    void whatIsNoSetIsRefused(String text) {
        assertThatThrownBy(() -> GtidSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against a set of single GTIDs, with numbers so close that ranges meet and join all the time. */
    @Test
    void isWhatASetOfSingleGtidsIs() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> sources = List.of(A, B, A + ":tag");
            Set<String> naive = new HashSet<>();
            GtidSet set = new GtidSet();
            for (int i = 0; i < 60; i++) {
                String gtid = sources.get(random.nextInt(3)) + ":" + (1 + random.nextInt(40));
                naive.add(gtid);
                set.add(gtid);
            }
            GtidSet read = GtidSet.parse(set.toString());

            assertThat(read.toString()).isEqualTo(set.toString());
            for (String source : sources) {
                for (int number = 0; number <= 42; number++) {
                    String gtid = source + ":" + number;
                    assertThat(set.contains(gtid)).as("seed %s: %s", seed, gtid).isEqualTo(naive.contains(gtid));
                    assertThat(read.contains(gtid)).isEqualTo(naive.contains(gtid));
                }
            }
        }
    }

    /** Ranges in any order, overlapping. */
    @Test
    void rangesJoinAsTheirNumbersDo() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Set<Integer> naive = new HashSet<>();
            StringBuilder text = new StringBuilder(A);
            for (int i = 0; i < 8; i++) {
                int first = 1 + random.nextInt(60);
                int last = first + random.nextInt(8);
                text.append(':').append(first).append('-').append(last);
                for (int number = first; number <= last; number++) {
                    naive.add(number);
                }
            }

            GtidSet set = GtidSet.parse(text.toString());

            for (int number = 0; number < 70; number++) {
                assertThat(set.contains(A + ":" + number)).isEqualTo(naive.contains(number));
            }
        }
    }

    private static String named(String text) {
        return text.replaceAll("\\ba:", A + ":").replaceAll("\\bb:", B + ":");
    }
}
