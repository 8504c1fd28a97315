package floe.kinesis;

import floe.health.Stage;
import floe.metrics.CaptureMeters;
import floe.metrics.Meters;
import floe.settings.Settings;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.aws2.kinesis.Kinesis2Endpoint;

/**
 * The stream that capture writes to: the client of camel-aws2-kinesis, used through {@link OrderedPuts} because the
 * component's own producer puts a whole batch under one partition key and cannot say which records failed.
 */
public final class KinesisStream implements CamelContextAware {

    private CamelContext camel;
    private volatile OrderedPuts puts;

    /** Returns when every line is stored; see {@link OrderedPuts#put}. */
    public void put(List<KeyedLine> lines) throws InterruptedException {
        puts().put(lines);
    }

    /**
     * Reads the settings under {@code kinesis}.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    public static void check(Settings settings) {
        stream(settings);
        PutLimits.read(settings);
    }

    private synchronized OrderedPuts puts() {
        if (puts == null) {
            Settings settings = new Settings(camel);
            Kinesis2Endpoint endpoint = camel.getEndpoint("aws2-kinesis:" + stream(settings), Kinesis2Endpoint.class);
            endpoint.start();
            puts = new OrderedPuts(
                    endpoint.getClient(),
                    stream(settings),
                    PutLimits.read(settings),
                    Stage.of(camel, "capture").pulse(),
                    new CaptureMeters(Meters.of(camel)));
        }
        return puts;
    }

    private static String stream(Settings settings) {
        return settings.text("kinesis.stream", "the name of the Kinesis stream");
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
