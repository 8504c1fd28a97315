package floe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Finds the registry of meters. */
public final class Meters {

    /** The name in Camel's registry, which camel-micrometer goes by too. */
    public static final String REGISTRY = "metricsRegistry";

    private Meters() {}

    /** The registry that Camel's registry holds, by name or as the only one; one that keeps nothing where there is none. */
    public static MeterRegistry of(CamelContext camel) {
        Registry beans = camel.getRegistry();
        MeterRegistry named = beans.lookupByNameAndType(REGISTRY, MeterRegistry.class);
        MeterRegistry only = named == null ? beans.findSingleByType(MeterRegistry.class) : named;
        return only == null ? new CompositeMeterRegistry() : only;
    }
}
