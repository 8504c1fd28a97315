package floe.web;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Shows under Quarkus' {@code /q/health/ready} whether the routes do their work, and how far they are. */
@Readiness
@ApplicationScoped
public class RoutesHealth implements org.eclipse.microprofile.health.HealthCheck {

    private final CamelContext camel;

    public RoutesHealth(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * UP if all of Camel's checks are; otherwise DOWN, with what is wrong by the name of the check. In both cases the
     * details of Floe's own checks, each as {@code check.detail}.
     */
    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("floe");
        if (!camel.isStarted()) {
            // The checks need beans that may not be there yet.
            return response.down().withData("routes", "not started").build();
        }
        boolean up = true;
        for (HealthCheck.Result result : HealthCheckHelper.invokeReadiness(camel)) {
            if (result.getState() == HealthCheck.State.DOWN) {
                up = false;
                response.withData(result.getCheck().getId(), result.getMessage().orElse("down"));
            }
            details(result, response);
        }
        return response.status(up).build();
    }

    private static void details(HealthCheck.Result result, HealthCheckResponseBuilder response) {
        if (!"floe".equals(result.getCheck().getGroup())) {
            return;
        }
        result.getDetails().forEach((name, value) -> {
            // Camel adds details of its own, such as failure.count.
            if (!name.contains(".")) {
                String key = result.getCheck().getId() + "." + name;
                if (value instanceof Number number) {
                    response.withData(key, number.longValue());
                } else {
                    response.withData(key, String.valueOf(value));
                }
            }
        });
    }
}
