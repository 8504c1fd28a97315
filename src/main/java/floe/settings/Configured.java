package floe.settings;

import java.util.Arrays;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** A bean of the registry that reads its settings when Camel hands over its context, if a role that it serves is on. */
public abstract class Configured implements CamelContextAware {

    private final String[] roles;
    private CamelContext camel;

    /** @param roles the settings that switch on the roles it serves, such as {@code load.enabled} */
    protected Configured(String... roles) {
        this.roles = roles.clone();
    }

    /**
     * Reads the settings.
     *
     * @throws WrongSetting if one is missing or wrong
     */
    protected abstract void configure(Settings settings);

    @Override
    public final void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
        Settings settings = new Settings(new CamelLookup(camelContext));
        if (Arrays.stream(roles).anyMatch(settings::flag)) {
            configure(settings);
        }
    }

    @Override
    public final CamelContext getCamelContext() {
        return camel;
    }
}
