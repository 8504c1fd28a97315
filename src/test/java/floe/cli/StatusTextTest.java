package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.TablePatterns;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode process = JSON.createObjectNode().put("at", "http://127.0.0.1:9000");
    private final ObjectNode capture = process.putArray("stages")
            .addObject()
            .put("stage", "capture")
            .put("ready", true)
            .put("rows_per_second", 1234.4)
            .put("lag_seconds", 0.4);

    @Test
    void tablesThatAreNotInOrderHaveALineAndOthersACount() {
        table("shop.a", "streaming", null);
        table("shop.b", "set aside", "it has no key");
        table("shop.c", "streaming", null);

        assertThat(new StatusText(null, false).of(process))
                .isEqualTo(
                        """
                        http://127.0.0.1:9000
                          capture  works   1,234 rows/s   0 s behind MySQL
                            tables: 1 set aside, 2 streaming
                              shop.b: set aside, it has no key
                        """);
    }

    @Test
    void tablesThatAreNamedHaveALineInAnyState() {
        table("shop.a", "streaming", null);
        table("other.b", "set aside", "it has no key");

        assertThat(new StatusText(TablePatterns.parse("shop.*"), false).of(process))
                .contains("shop.a: streaming")
                .doesNotContain("other.b");
    }

    @Test
    void ofThousandsOfTablesFiftyAreShownUnlessTheyAreNamed() {
        IntStream.range(0, 5_000).forEach(i -> table("shop.t" + i, "reading", "0 %"));

        assertThat(new StatusText(null, false).of(process))
                .contains("tables: 5000 reading", "and 4950 more; name them to see them")
                .hasLineCount(54);
        assertThat(new StatusText(TablePatterns.parse("shop.*"), false).of(process))
                .hasLineCount(5_003);
    }

    @Test
    void whatATerminalObeysIsNotSentToItWhateverTablesAreCalled() {
        table("shop.`\u001b[2Jx\nload  works`", "set\u001b]0;aside", "why\u009b1m\nand why");
        capture.put("ready", false).put("trouble", "one\u0007\ntwo");
        process.putObject("trouble").put("a\nb", "\u001bc");

        assertThat(new StatusText(null, false).of(process))
                .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n]]")
                .contains("`?[2Jx?load  works`", "    one?\n    two\n", "  a?b\n");
    }

    @Test
    void coloursAreForTerminals() {
        assertThat(new StatusText(null, true).of(process)).contains("\u001b[32mworks\u001b[0m");
        assertThat(new StatusText(null, false).of(process)).doesNotContain("\u001b");
    }

    @Test
    void aRateOrLagThatNobodyKnowsIsSaidToBeUnknown() {
        capture.remove("rows_per_second");
        capture.remove("lag_seconds");

        assertThat(new StatusText(null, false).of(process)).contains("rate unknown   lag unknown");
    }

    private void table(String name, String state, String about) {
        ObjectNode table =
                capture.withArray("tables").addObject().put("table", name).put("state", state);
        if (about != null) {
            table.put("about", about);
        }
    }
}
