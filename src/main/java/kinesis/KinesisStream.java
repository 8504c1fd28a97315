package kinesis;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.aws2.kinesis.Kinesis2Endpoint;
import settings.Settings;

/**
 * The stream that capture writes to: the client of camel-aws2-kinesis, used through {@link OrderedPuts} because the
 * component's own producer puts a whole batch under one partition key and cannot say which records failed.
 */
public final class KinesisStream implements CamelContextAware {

    /** A record of a stream at its default limit; 1,000,000 rather than 1 MiB leaves room for consumers' envelopes. */
    private static final int GREATEST_RECORD = 10 * 1024 * 1024;

    private CamelContext camel;
    private volatile OrderedPuts puts;

    /** Returns when every line is stored; see {@link OrderedPuts#put}. */
    public void put(List<KeyedLine> lines) throws InterruptedException {
        puts().put(lines);
    }

    private synchronized OrderedPuts puts() {
        if (puts == null) {
            Settings settings = new Settings(camel);
            String stream = settings.text("kinesis.stream", "the name of the Kinesis stream");
            Kinesis2Endpoint endpoint = camel.getEndpoint("aws2-kinesis:" + stream, Kinesis2Endpoint.class);
            endpoint.start();
            puts = new OrderedPuts(
                    endpoint.getClient(),
                    stream,
                    new PutLimits(
                            settings.number("kinesis.lanes", 1, 10_000),
                            settings.number("kinesis.pack-bytes", 1, GREATEST_RECORD),
                            settings.number("kinesis.record-bytes", 1, GREATEST_RECORD)));
        }
        return puts;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }
}
