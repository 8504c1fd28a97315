package floe.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Shows under Quarkus' {@code /q/health/started} whether the routes have started, whatever they then meet. */
@Startup
@ApplicationScoped
public class RoutesStart implements HealthCheck {

    private final CamelContext camel;

    public RoutesStart(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("floe").status(camel.isStarted()).build();
    }
}
