package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** What the probes of a cluster see of Floe's stages. */
final class StageHealth {

    private StageHealth() {}

    static void awaitReady(CamelContext camel) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(down(HealthCheckHelper.invokeReadiness(camel)))
                        .isEmpty());
    }

    /** Waits until the binlog is read, which for a new capture begins some time after the snapshot has ended. */
    static void awaitBinlogIsRead(CamelContext camel) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(HealthCheckHelper.invokeReadiness(camel))
                .anyMatch(result -> result.getDetails().containsKey("lag_seconds")));
    }

    static void awaitNotReady(CamelContext camel, String... reasons) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(down(HealthCheckHelper.invokeReadiness(camel)))
                        .contains(reasons));
    }

    static void awaitNotAlive(CamelContext camel, String... reasons) {
        assertThat(down(HealthCheckHelper.invokeLiveness(camel))).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(down(HealthCheckHelper.invokeLiveness(camel)))
                        .contains(reasons));
    }

    static void assertStaysAlive(CamelContext camel, Duration stalled) {
        await().during(stalled.plusSeconds(3)).atMost(stalled.multipliedBy(3)).untilAsserted(() -> assertThat(
                        down(HealthCheckHelper.invokeLiveness(camel)))
                .isEmpty());
    }

    private static String down(Collection<HealthCheck.Result> results) {
        return results.stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN
                        && "floe".equals(result.getCheck().getGroup()))
                .map(result -> result.getMessage().orElse("down"))
                .collect(Collectors.joining("\n"));
    }
}
