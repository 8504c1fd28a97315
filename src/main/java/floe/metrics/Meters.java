package floe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;

/** Where meters are kept. */
public final class Meters {

    private Meters() {}

    /**
     * The registry of the whole process. Quarkus passes on to Prometheus what is in it; with Camel Main and Camel JBang it
     * is as empty as its user leaves it.
     */
    public static MeterRegistry registry() {
        return Metrics.globalRegistry;
    }
}
