package monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code monitoring/dashboard.json}, as far as it can be told without Grafana. */
class DashboardTest {

    /** A panel, which shows as its title. */
    record Panel(String title, JsonNode json) {
        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Panel> panels() throws IOException {
        return StreamSupport.stream(dashboard().path("panels").spliterator(), false)
                .map(json -> new Panel(json.path("title").asText(), json));
    }

    @ParameterizedTest
    @MethodSource("panels")
    void aPanelHasTitleUnitAndQueriesOfMetricsThatThereAre(Panel panel) throws IOException {
        assertThat(panel.title()).isNotBlank();
        assertThat(panel.json().path("description").asText()).isNotBlank();
        assertThat(panel.json().at("/fieldConfig/defaults/unit").asText()).isIn("short", "s", "Bps");
        assertThat(panel.json().at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(panel.json().path("targets")).isNotEmpty().allSatisfy(target -> {
            String query = target.path("expr").asText();
            assertThat(MetricNames.in(query)).isNotEmpty().isSubsetOf(MetricNames.documented());
            assertThat(query).contains("job=~\"$job\"");
            assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        });
    }

    @Test
    void noPanelLiesOnAnother() throws IOException {
        Set<String> taken = new HashSet<>();
        panels().forEach(panel -> {
            JsonNode place = panel.json().path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    int column = place.path("x").asInt() + x;
                    assertThat(column).isLessThan(24);
                    assertThat(taken.add(column + " " + (place.path("y").asInt() + y)))
                            .as(panel.title())
                            .isTrue();
                }
            }
        });
    }

    @Test
    void whatTheAlertsStandOnCanBeSeen() throws IOException {
        Set<String> shown = new TreeSet<>();
        panels().forEach(panel -> panel.json()
                .path("targets")
                .forEach(target ->
                        shown.addAll(MetricNames.in(target.path("expr").asText()))));

        for (AlertsTest.Alert alert : AlertsTest.alerts().toList()) {
            assertThat(shown)
                    .containsAll(MetricNames.in(alert.rule().path("expr").asText()));
        }
    }

    private static JsonNode dashboard() throws IOException {
        return new JsonMapper().readTree(Path.of("monitoring/dashboard.json").toFile());
    }
}
