package routes;

import floe.load.Step;
import floe.load.Steps;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.builder.endpoint.dsl.AWS2S3EndpointBuilderFactory.AWS2S3EndpointProducerBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Operations;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Applies a staged file, then moves it to the archive prefix.
 *
 * <p>It is moved only after each of its changes was applied or is kept as a dead letter, so a crash at any point leads to
 * its being loaded again, which changes nothing. What fails goes to the caller, and the file stays staged.
 */
public class LoadFileRoute extends EndpointRouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        // fmt:off
        from(direct("load-file"))
            .routeId("load-file")
            .routeDescription("Applies one staged file, then archives it")
            .precondition("{{load.enabled}}")
            .streamCache("false")
            .setVariable("file", body())
            .bean("progress", "opened")
            .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
            .doTry()
                .to(stagingBucket(AWS2S3Operations.getObject))
                .setVariable("steps", method("loader", "steps(${variable.file}, ${body})"))
                // Not a split: where that stops at a failure, it still reads the whole rest of the file.
                .loopDoWhile(LoadFileRoute::hasStep)
                    .setBody(LoadFileRoute::nextStep)
                    .to(direct("take-step"))
                .end().endDoTry()
                .to(direct("archive-file"))
            .doCatch(S3Exception.class).onWhen(LoadFileRoute::isGone)
                .log("${variable.file.key} is gone: another loader has loaded it")
            .doFinally()
                .setBody(simple("${variable.steps.close}"))
            .end();

        from(direct("archive-file"))
            .routeId("archive-file")
            .routeDescription("Moves a file that was loaded from the staging prefix to the archive prefix")
            .precondition("{{load.enabled}}")
            .bean("progress", "archiving(${variable.file})")
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
