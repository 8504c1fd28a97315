package floe.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.health.Standing;
import floe.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * What {@code floe status} shows, as JSON under {@code /q/status} of the management port, for whoever may see the metrics: the
 * stages of this process with all their tables. Nothing outside of the process is asked for it.
 */
@ApplicationScoped
public class StatusReport {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/q/status";

    private final CamelContext camel;

    public StatusReport(CamelContext camel) {
        this.camel = camel;
    }

    void serve(@Observes ManagementInterface management) {
        management.router().get(PATH).blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(report().toString());
    }

    private ObjectNode report() {
        ObjectNode report = JSON.createObjectNode();
        // By a clock that nobody sets, for rates.
        report.put("clock_millis", System.nanoTime() / 1_000_000);
        ArrayNode stages = report.putArray("stages");
        ObjectNode trouble = report.putObject("trouble");
        if (!camel.isStarted()) {
            trouble.put("routes", "not started");
            return report;
        }
        for (HealthCheck.Result result : HealthCheckHelper.invokeReadiness(camel)) {
            if (result.getCheck() instanceof Standing standing) {
                stage(result, standing, stages.addObject());
            } else if (result.getState() == HealthCheck.State.DOWN) {
                trouble.put(result.getCheck().getId(), result.getMessage().orElse("down"));
            }
        }
        return report;
    }

    private static void stage(HealthCheck.Result result, Standing standing, ObjectNode stage) {
        String name = result.getCheck().getId();
        stage.put("stage", name);
        stage.put("ready", result.getState() == HealthCheck.State.UP);
        if (result.getState() == HealthCheck.State.DOWN) {
            stage.put("trouble", result.getMessage().orElse("down"));
        }
        stage.put("rows", (long) Meters.registry().find("floe." + name + ".rows").counters().stream()
                .mapToDouble(Counter::count)
                .sum());
        standing.tell(stage);
    }
}
