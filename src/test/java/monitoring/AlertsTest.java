package monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules in {@code monitoring/alerts.yaml}; promtool, where there is one, makes each fire and not fire. */
class AlertsTest {

    private static final Path ALERTS = Path.of("monitoring/alerts.yaml");
    private static final Path TESTS = Path.of("monitoring/alerts-test.yaml");
    private static final Path RULE = Path.of("k8s/components/monitoring/prometheus-rule.yaml");

    /** An alert, which shows as its name. */
    record Alert(String name, JsonNode rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Alert> alerts() throws IOException {
        JsonNode rules = read(ALERTS).path("groups").path(0).path("rules");
        return StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> new Alert(rule.path("alert").asText(), rule));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertStandsOnMetricsThatThereAreAndSaysWhatToDo(Alert alert) throws IOException {
        JsonNode rule = alert.rule();
        assertThat(MetricNames.in(rule.path("expr").asText())).isSubsetOf(MetricNames.documented());
        assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
        assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
        assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
        assertThat(rule.path("annotations").path("runbook").asText())
                .isEqualTo("docs/operations.md#" + alert.name().toLowerCase(Locale.ROOT));
        assertThat(Files.readString(Path.of("docs/operations.md"))).contains("\n### " + alert.name() + "\n");
        assertThat(Files.readString(TESTS))
                .contains("alertname=\"%s\", severity=\"%s\""
                        .formatted(
                                alert.name(),
                                rule.path("labels").path("severity").asText()));
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(alerts()).hasSizeGreaterThan(10);
    }

    @Test
    void theRuleOfTheOperatorHoldsTheSame() throws IOException {
        assertThat(read(RULE).path("spec"))
                .as("%s is made of %s: the lines from 'groups:' on, indented below 'spec:'", RULE, ALERTS)
                .isEqualTo(read(ALERTS));
    }

    @Test
    void promtoolTakesTheRulesAndEachFiresWhenItShould() throws Exception {
        boolean there = isThere();
        if (!there) {
            System.out.println("Skipped, as promtool (Debian's package prometheus) is not installed: " + TESTS);
        }
        assumeTrue(there, "promtool is not installed");

        assertThat(promtool("check", "rules", ALERTS.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", TESTS.toString())).contains("SUCCESS");
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("promtool", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String promtool(String... arguments) throws IOException {
        Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), List.of(arguments).stream())
                        .toList())
                .redirectErrorStream(true)
                .start();
        return new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode read(Path file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(file));
    }
}
