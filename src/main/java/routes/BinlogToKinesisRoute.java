package routes;

import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/**
 * Puts each change of the captured MySQL tables on the Kinesis stream, in order per row.
 *
 * <p>One exchange is one batch of changes. Its offset is saved only after the exchange succeeded, so a batch that fails
 * anywhere is read again from the binlog: a change may arrive twice, and none is lost. Rejected records are sent again
 * for as long as it takes, while MySQL's binlog waits.
 */
public class BinlogToKinesisRoute extends EndpointRouteBuilder {

    /** The id of the route: stopped, nothing is captured. */
    public static final String ID = "binlog-to-kinesis";

    @Override
    public void configure() {
        // A failed exchange ends the engine, which starts again from the saved offset: no redelivery here.
        errorHandler(noErrorHandler());

        // fmt:off
        from(binlog())
            .routeId(ID)
            .routeDescription("Puts each change of the captured MySQL tables on the Kinesis stream")
            .precondition("{{capture.enabled}}")
            .bean("events", "encode").id("encode-rows")
            .bean("oversize", "store").id("store-oversize-rows")
            .bean("stream", "put").id("put-on-stream");
        // fmt:on
    }

    /** Floe's own component: camel-debezium-mysql with a consumer that loses nothing. */
    private static String binlog() {
        return "binlog:floe";
    }
}
