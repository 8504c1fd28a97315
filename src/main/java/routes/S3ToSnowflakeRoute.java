package routes;

import load.Step;
import load.Steps;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.builder.endpoint.dsl.AWS2S3EndpointBuilderFactory.AWS2S3EndpointProducerBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Operations;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Applies each file that Firehose staged in S3, then moves it to the archive prefix.
 *
 * <p>A file is moved only after each of its changes was applied or is kept as a dead letter, so a crash at any point
 * leads to its being loaded again, which changes nothing. A file that cannot be loaded stays staged, makes the load
 * stage unhealthy and is tried again; the others go on.
 */
public class S3ToSnowflakeRoute extends EndpointRouteBuilder {

    @Override
    public void configure() {
        // Without a listing there is nothing to load: the next poll tries again.
        onException(Exception.class).handled(true).bean("loading", "pollFailed(${exception})");

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
            .setBody(method("loader", "check"))
            .bean("loading", "tables")
            .setVariable("rings", method("doorbell", "rings"))
            .setBody(method("staging", "list"))
            .bean("doorbell", "answered(${variable.rings})")
            .bean("stuck", "retain")
            .bean("loading", "polled")
            // Synchronous: else the next listing would begin before these files are loaded, and find them again.
            .split(body()).streaming().parallelProcessing().synchronous().executorService("staged-files")
                .filter(method("stuck", "isDue"))
                    .setVariable("file", body())
                    .doTry()
                        .to(direct("load-file"))
                        .bean("stuck", "loaded(${variable.file})")
                        .bean("loading", "loaded(${variable.file})")
                    .doCatch(Exception.class)
                        .bean("stuck", "failed(${variable.file}, ${exception})")
                    .doFinally()
                        .bean("pulse", "end(${variable.file})")
                    .end()
                .end()
            .end();

        from(direct("load-file"))
            .routeId("load-file")
            .routeDescription("Applies one staged file, then archives it")
            .precondition("{{load.enabled}}")
            .errorHandler(noErrorHandler())
            .streamCache("false")
            .setVariable("file", body())
            .bean("pulse", "opening")
            .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
            .doTry()
                .to(stagingBucket(AWS2S3Operations.getObject))
                .setVariable("steps", method("loader", "steps(${variable.file}, ${body})"))
                // Not a split: where that stops at a failure, it still reads the whole rest of the file.
                .loopDoWhile(S3ToSnowflakeRoute::hasStep)
                    .setBody(S3ToSnowflakeRoute::nextStep)
                    .to(direct("take-step"))
                .end().endDoTry()
                .to(direct("archive-file"))
            .doCatch(S3Exception.class).onWhen(S3ToSnowflakeRoute::isGone)
                .log("${variable.file.key} is gone: another loader has loaded it")
            .doFinally()
                .setBody(simple("${variable.steps.close}"))
            .end();

        from(direct("archive-file"))
            .routeId("archive-file")
            .routeDescription("Moves a file that was loaded from the staging prefix to the archive prefix")
            .precondition("{{load.enabled}}")
            .errorHandler(noErrorHandler())
            .bean("pulse", "archiving(${variable.file})")
            .setHeader(AWS2S3Constants.KEY, simple("${variable.file.key}"))
            .setHeader(AWS2S3Constants.BUCKET_DESTINATION_NAME, constant("{{staging.bucket}}"))
            .setHeader(AWS2S3Constants.DESTINATION_KEY, simple("{{staging.archive-prefix}}${variable.file.name}"))
            .to(stagingBucket(AWS2S3Operations.copyObject))
            .to(stagingBucket(AWS2S3Operations.deleteObject));
        // fmt:on
    }

    private AWS2S3EndpointProducerBuilder stagingBucket(AWS2S3Operations operation) {
        return aws2S3("{{staging.bucket}}").operation(operation);
    }

    private static boolean hasStep(Exchange exchange) {
        // Camel asks once more after a step has failed.
        return !exchange.isFailed()
                && exchange.getVariable("steps", Steps.class).hasNext();
    }

    private static Step nextStep(Exchange exchange) {
        return exchange.getVariable("steps", Steps.class).next();
    }

    private static boolean isGone(Exchange exchange) {
        S3Exception refusal = exchange.getException(S3Exception.class);
        return refusal != null
                && refusal.awsErrorDetails() != null
                && "NoSuchKey".equals(refusal.awsErrorDetails().errorCode());
    }
}
