package routes;

import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/**
 * Takes up what load asks of capture: tables to read again, as someone replaced them in Snowflake.
 *
 * <p>While the bucket cannot be read, capture goes on: requests wait there.
 */
public class ReadAgainRoute extends EndpointRouteBuilder {

    /** The id of the route: stopped, requests wait. */
    public static final String ID = "read-again";

    @Override
    public void configure() {
        onException(Exception.class)
                .handled(true)
                .bean("receivedRequests", "failed(${exception})")
                .id("note-failed-requests");

        // fmt:off
        from(scheduler(ID).delay("{{requests.poll-interval}}"))
            .routeId(ID)
            .routeDescription("Has tables read again that load asks for")
            .precondition("{{capture.enabled}} && '{{requests.bucket:}}' != ''")
            .bean("receivedRequests", "take").id("take-requests");
        // fmt:on
    }
}
