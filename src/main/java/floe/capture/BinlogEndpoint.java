package floe.capture;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The changes of some tables of one MySQL server; the body of each exchange is a {@link Batch}. */
final class BinlogEndpoint extends DefaultEndpoint {

    private final CaptureParts parts;
    private final Capture.Sources sources;

    BinlogEndpoint(String uri, BinlogComponent component, CaptureParts parts, Capture.Sources sources) {
        super(uri, component);
        this.parts = parts;
        this.sources = sources;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        BinlogConsumer consumer = new BinlogConsumer(this, processor, parts, sources);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("The binlog can only be read");
    }
}
