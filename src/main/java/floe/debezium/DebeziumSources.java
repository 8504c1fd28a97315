package floe.debezium;

import floe.capture.BinlogSource;
import floe.capture.BinlogSources;
import floe.capture.CaptureSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.debezium.mysql.DebeziumMySqlEndpoint;

/**
 * Sources with Debezium underneath, by camel-debezium-mysql: an endpoint takes the options of {@code debezium-mysql:name},
 * parsed by that component, on top of what the settings under {@code capture} say.
 */
public final class DebeziumSources implements BinlogSources, CamelContextAware {

    private final CaptureSettings settings;
    private CamelContext camel;

    /** The registry hands over the context before anybody can get this bean. */
    public DebeziumSources(CaptureSettings settings) {
        this.settings = settings;
    }

    @Override
    public BinlogSource named(String name, Map<String, Object> options) throws Exception {
        Map<String, Object> all = new HashMap<>(DebeziumOptions.of(settings, name));
        all.putAll(options);
        var endpoint = (DebeziumMySqlEndpoint)
                camel.getComponent("debezium-mysql").createEndpoint("debezium-mysql:" + name, all);
        return new DebeziumSource(settings, endpoint.getConfiguration());
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
