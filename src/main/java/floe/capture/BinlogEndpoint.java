package floe.capture;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The changes of some tables of one MySQL server; the body of each exchange is a list of {@link BinlogEvent}. */
final class BinlogEndpoint extends DefaultEndpoint {

    private final CaptureParts parts;
    private final BinlogSource source;

    BinlogEndpoint(String uri, BinlogComponent component, CaptureParts parts, BinlogSource source) {
        super(uri, component);
        this.parts = parts;
        this.source = source;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        BinlogConsumer consumer = new BinlogConsumer(this, processor, parts, source);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("The binlog can only be read");
    }
}
