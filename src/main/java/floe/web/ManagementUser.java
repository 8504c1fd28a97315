package floe.web;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;

/** Knows the one user by the setting {@code management.password}. */
@ApplicationScoped
public class ManagementUser implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final CamelContext camel;

    public ManagementUser(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        ManagementPort port = ManagementPort.read(new Settings(new CamelLookup(camel)));
        if (!port.admits(request.getUsername(), request.getPassword().getPassword())) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(ManagementPort.USER))
                        .build());
    }
}
