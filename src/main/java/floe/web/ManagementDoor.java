package floe.web;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** Who may pass the management port, by settings that are read with the first request: until then they may be wrong. */
@ApplicationScoped
public class ManagementDoor {

    private final CamelContext camel;
    private volatile Optional<ManagementPort> known = Optional.empty();

    public ManagementDoor(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * The port as it is set.
     *
     * @throws WrongSetting if a setting is wrong: the port is open a moment before the start is stopped for it
     */
    ManagementPort port() {
        if (known.isEmpty()) {
            known = Optional.of(ManagementPort.read(new Settings(new CamelLookup(camel))));
        }
        return known.get();
    }
}
