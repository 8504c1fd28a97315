package floe.web;

import floe.settings.WrongSetting;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The policy {@code management} of {@code application.properties}: what the port shows to whom. */
@ApplicationScoped
public class ManagementPolicy implements HttpSecurityPolicy {

    private final ManagementDoor door;

    public ManagementPolicy(ManagementDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return "management";
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        return isOpen() ? CheckResult.permit() : identity.map(who -> new CheckResult(!who.isAnonymous()));
    }

    private boolean isOpen() {
        try {
            return door.port().isOpen();
        } catch (WrongSetting e) {
            // The port is open a moment before the start is stopped for it.
            return false;
        }
    }
}
