package floe.capture;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.debezium.mysql.configuration.MySqlConnectorEmbeddedDebeziumConfiguration;
import org.apache.camel.support.DefaultEndpoint;

/** The changes of some tables of one MySQL server; the body of each exchange is a list of {@link BinlogEvent}. */
final class BinlogEndpoint extends DefaultEndpoint {

    private final CaptureSettings settings;
    private final MySqlConnectorEmbeddedDebeziumConfiguration debezium;

    BinlogEndpoint(
            String uri,
            BinlogComponent component,
            CaptureSettings settings,
            MySqlConnectorEmbeddedDebeziumConfiguration debezium) {
        super(uri, component);
        this.settings = settings;
        this.debezium = debezium;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        BinlogConsumer consumer = new BinlogConsumer(this, processor, settings, debezium);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("The binlog can only be read");
    }
}
