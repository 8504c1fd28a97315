package routes;

import floe.staging.Listing;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/**
 * Loads the files that Firehose staged in S3, oldest first.
 *
 * <p>A file that cannot be loaded stays staged, makes the load stage unhealthy and is tried again; the others go on.
 */
public class S3ToSnowflakeRoute extends EndpointRouteBuilder {

    @Override
    public void configure() {
        // Without a listing there is nothing to load: the next poll tries again.
        onException(Exception.class).handled(true).bean("progress", "pollFailed(${exception})");

        // fmt:off
        from(scheduler("poll-staging").delay("{{load.poll-interval}}"))
            .routeId("poll-staging")
            .routeDescription("Asks for a listing again and again")
            .precondition("{{load.enabled}}")
            .to(direct("ask-for-listing"));

        from(direct("ask-for-listing"))
            .routeId("ask-for-listing")
            .routeDescription("Has one more listing follow the one under way, however many ask")
            .precondition("{{load.enabled}}")
            .to(seda("s3-to-snowflake").size(1).advanced().discardWhenFull(true));

        from(seda("s3-to-snowflake").size(1).advanced().purgeWhenStopping(true))
            .routeId("s3-to-snowflake")
            .routeDescription("Loads the files that Firehose staged, a few at a time, oldest first")
            .precondition("{{load.enabled}}")
            .streamCache("false")
            .bean("loader", "check")
            .setVariable("rings", method("doorbell", "rings"))
            .setBody(method("staging", "list(${ref:progress})"))
            .bean("doorbell", "answered(${variable.rings})")
            .bean("progress", "listed")
            // Synchronous: else the next listing would begin before these files are loaded, and find them again.
            .split().body(Listing.class, Listing::files)
                    .streaming().parallelProcessing().synchronous().executorService("staged-files")
                .setVariable("file", body())
                .doTry()
                    .to(direct("load-file"))
                    .bean("progress", "loaded(${variable.file})")
                .doCatch(Exception.class)
                    .bean("progress", "failed(${variable.file}, ${exception})")
                .doFinally()
                    .bean("progress", "ended(${variable.file})")
                .end()
            .end();
        // fmt:on
    }
}
