package routes;

import floe.load.FileThreads;
import floe.load.LoadMeters;
import floe.progress.LoadProgress;
import floe.staging.Listing;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/**
 * Loads the files that Firehose staged in S3, oldest first.
 *
 * <p>A file that cannot be loaded stays staged, makes the load stage unhealthy and is tried again; the others go on.
 */
public class S3ToSnowflakeRoute extends EndpointRouteBuilder {

    /** The id of the route that asks for a listing again and again: stopped, nothing new is loaded. */
    public static final String POLL = "poll-staging";

    @Override
    public void configure() {
        // Without a listing there is nothing to load: the next poll tries again.
        onException(Exception.class)
                .handled(true)
                .bean("progress", "pollFailed(${exception})")
                .id("note-failed-poll");

        // fmt:off
        from(scheduler(POLL).delay("{{load.poll-interval}}"))
            .routeId(POLL)
            .routeDescription("Asks for a listing again and again")
            .precondition("{{load.enabled}}")
            .to(direct("ask-for-listing")).id("poll");

        from(direct("ask-for-listing"))
            .routeId("ask-for-listing")
            .routeDescription("Has one more listing follow the one under way, however many ask")
            .precondition("{{load.enabled}}")
            .to(seda(LoadProgress.ROUTE).size(1).advanced().discardWhenFull(true)).id("queue-one-listing");

        from(seda(LoadProgress.ROUTE).size(1).advanced().purgeWhenStopping(true))
            .routeId(LoadProgress.ROUTE)
            .routeDescription("Loads the files that Firehose staged, a few at a time, oldest first")
            .precondition("{{load.enabled}}")
            .streamCache("false")
            .bean("loader", "check").id("check-tables")
            .setVariable("rings", method("doorbell", "rings")).id("keep-rings")
            .setBody(method("staging", "list(${ref:progress})")).id("list-staged")
            .bean("doorbell", "answered(${variable.rings})").id("answer-rings")
            .bean("progress", "listed").id("note-listing")
            .bean("loader", "arrived").id("see-what-arrived")
            // Synchronous: else the next listing would begin before these files are loaded, and find them again.
            .split().body(Listing.class, Listing::files)
                    .streaming().parallelProcessing().synchronous().executorService(FileThreads.NAME).id("each-file")
                .setVariable("file", body()).id("keep-file")
                .doTry().id("try-file")
                    .to(direct(LoadMeters.FILE)).id("load-staged-file")
                    .bean("progress", "loaded(${variable.file})").id("note-loaded")
                .doCatch(Exception.class).id("file-failed")
                    .bean("progress", "failed(${variable.file}, ${exception})").id("note-failed-file")
                .doFinally().id("file-ended")
                    .bean("progress", "ended(${variable.file})").id("note-ended")
                .end()
            .end();
        // fmt:on
    }
}
