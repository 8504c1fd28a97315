package floe.capture;

import floe.health.Stage;
import floe.metrics.CaptureMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The component {@code binlog:name}, a bean that Camel finds by this name. Its options are those of the source that it is
 * given.
 *
 * <p>Its consumer makes one exchange of each batch of changes, and moves the offset only after the exchange has succeeded.
 */
public final class BinlogComponent extends DefaultComponent {

    private final CaptureParts parts;
    private final BinlogSources sources;
    private final SnapshotSource tables;

    public BinlogComponent(
            CaptureSettings settings,
            BinlogSources sources,
            SnapshotSource tables,
            Stage stage,
            CaptureMeters meters,
            MeterRegistry registry) {
        this.parts = new CaptureParts(settings, stage, meters, registry);
        this.sources = sources;
        this.tables = tables;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        BinlogSource source = sources.named(name, Map.copyOf(parameters));
        parameters.clear();
        return new BinlogEndpoint(uri, this, parts, new Capture.Sources(source, tables));
    }
}
