package floe.settings;

import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * Settings by Camel's properties: the same keys work in Quarkus, in Camel Main and in Camel JBang, from a file, the
 * environment or system properties.
 */
public final class CamelLookup implements Lookup, CamelContextAware {

    private CamelContext camel;

    /** For the registry, which hands over the context before anybody can get this bean. */
    public CamelLookup() {}

    /** For use outside of the registry. */
    public CamelLookup(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Optional<String> value(String key) {
        return camel.getPropertiesComponent().resolveProperty(key);
    }

    @Override
    public Set<String> keys() {
        return camel.getPropertiesComponent().loadProperties().stringPropertyNames();
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }
}
