package floe.capture;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.debezium.mysql.DebeziumMySqlEndpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The component {@code binlog:name}: camel-debezium-mysql with a consumer that loses nothing.
 *
 * <p>It takes the same options as {@code debezium-mysql:name}, parsed by that component, on top of what the settings
 * under {@code capture} say. Its consumer makes one exchange of each batch of changes, and moves the offset only after
 * the exchange has succeeded; the stock consumer makes one of each row and moves it whatever happens.
 */
public final class BinlogComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        CaptureSettings settings = CaptureSettings.read(new Settings(new CamelLookup(getCamelContext())));
        Map<String, Object> options = new HashMap<>(settings.debeziumOptions(name));
        options.putAll(parameters);
        parameters.clear();
        DebeziumMySqlEndpoint debezium = (DebeziumMySqlEndpoint)
                getCamelContext().getComponent("debezium-mysql").createEndpoint("debezium-mysql:" + name, options);
        return new BinlogEndpoint(uri, this, settings, debezium.getConfiguration());
    }
}
