package floe.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import routes.ApplicationRoutes;

class AccessTest {

    /** It takes nothing in: the poll and the queue ask it to list, and would fail if nobody answered. */
    private static final Set<String> LEFT_OUT = Set.of("s3-to-snowflake");

    @Test
    void eachRouteThatTakesSomethingInMayBeStoppedAndNoOther() throws Exception {
        Access access = new Access();
        for (RouteDefinition route : ApplicationRoutes.all()) {
            boolean takesIn =
                    !route.getInput().getEndpointUri().startsWith("direct:") && !LEFT_OUT.contains(route.getRouteId());

            assertThat(access.isOperationAllowed(name(route), "stop()"))
                    .as(route.getRouteId())
                    .isEqualTo(takesIn);
        }
    }

    private static ObjectName name(RouteDefinition route) throws MalformedObjectNameException {
        return new ObjectName("org.apache.camel:context=floe,type=routes,name=\"" + route.getRouteId() + "\"");
    }
}
