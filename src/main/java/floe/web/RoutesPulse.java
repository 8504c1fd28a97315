package floe.web;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Shows under Quarkus' {@code /q/health/live} whether a restart would help. */
@Liveness
@ApplicationScoped
public class RoutesPulse implements org.eclipse.microprofile.health.HealthCheck {

    private final CamelContext camel;

    public RoutesPulse(CamelContext camel) {
        this.camel = camel;
    }

    /** DOWN if a stage shows no sign of life or has ended, with what it was doing; not for anything it waits for. */
    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("floe");
        boolean up = true;
        for (HealthCheck.Result result : HealthCheckHelper.invokeLiveness(camel)) {
            if ("floe".equals(result.getCheck().getGroup()) && result.getState() == HealthCheck.State.DOWN) {
                up = false;
                response.withData(result.getCheck().getId(), result.getMessage().orElse("down"));
            }
        }
        return response.status(up).build();
    }
}
