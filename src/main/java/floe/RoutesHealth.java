package floe;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows the routes' health under Quarkus' {@code /q/health/ready}. */
@Readiness
@ApplicationScoped
public class RoutesHealth implements org.eclipse.microprofile.health.HealthCheck {

    private final CamelContext camel;

    public RoutesHealth(CamelContext camel) {
        this.camel = camel;
    }

    /** UP if all of Camel's checks are; otherwise DOWN, with what is wrong by the name of the check. */
    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("floe").status(camel.isStarted());
        boolean up = camel.isStarted();
        for (HealthCheck.Result result : HealthCheckHelper.invokeReadiness(camel)) {
            if (result.getState() == HealthCheck.State.DOWN) {
                up = false;
                response.withData(result.getCheck().getId(), result.getMessage().orElse("down"));
            }
        }
        return response.status(up).build();
    }
}
