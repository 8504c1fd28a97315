package routes;

import floe.load.LoadMeters;
import floe.load.Steps;
import floe.progress.Work;
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
        from(direct(LoadMeters.FILE))
            .routeId(LoadMeters.FILE)
            .routeDescription("Applies one staged file, then archives it")
            .precondition("{{load.enabled}}")
            .streamCache("false")
            .setVariable("file", body()).id("name-file")
            .bean("progress", "opened").id("note-opened")
            .setHeader(AWS2S3Constants.KEY, simple("${body.key}")).id("name-object")
            .doTry().id("unless-gone")
                .to(stagingBucket(AWS2S3Operations.getObject)).id("get-file")
                .setVariable(Steps.VARIABLE, method("loader", "steps(${variable.file}, ${body})")).id("begin-reading")
                // Not a split: where that stops at a failure, it still reads the whole rest of the file.
                .loopDoWhile(LoadFileRoute::hasStep).id("each-step")
                    .setBody(LoadFileRoute::nextStep).id("read-step")
                    .to(direct("take-step")).id("apply-step")
                .end().endDoTry()
                .to(direct("archive-file")).id("archive")
            .doCatch(S3Exception.class).onWhen(LoadFileRoute::isGone).id("file-is-gone")
                .log("${variable.file.key} is gone: another loader has loaded it").id("log-gone")
            .doFinally().id("after-file")
                .setBody(simple("${variable.steps.close}")).id("close-file")
            .end();

        from(direct("archive-file"))
            .routeId("archive-file")
            .routeDescription("Moves a file that was loaded from the staging prefix to the archive prefix")
            .precondition("{{load.enabled}}")
            .bean("progress", "archiving(${variable.file})").id("note-archiving")
            .setHeader(AWS2S3Constants.KEY, simple("${variable.file.key}")).id("name-staged")
            .setHeader(AWS2S3Constants.BUCKET_DESTINATION_NAME, constant("{{staging.bucket}}")).id("name-archive-bucket")
            .setHeader(AWS2S3Constants.DESTINATION_KEY, simple("{{staging.archive-prefix}}${variable.file.name}")).id("name-archived")
            .to(stagingBucket(AWS2S3Operations.copyObject)).id("copy-to-archive")
            .to(stagingBucket(AWS2S3Operations.deleteObject)).id("delete-staged");
        // fmt:on
    }

    private AWS2S3EndpointProducerBuilder stagingBucket(AWS2S3Operations operation) {
        return aws2S3("{{staging.bucket}}").operation(operation);
    }

    private static boolean hasStep(Exchange exchange) {
        // Camel asks once more after a step has failed.
        return !exchange.isFailed()
                && exchange.getVariable(Steps.VARIABLE, Steps.class).hasNext();
    }

    private static Work nextStep(Exchange exchange) {
        return exchange.getVariable(Steps.VARIABLE, Steps.class).next();
    }

    private static boolean isGone(Exchange exchange) {
        S3Exception refusal = exchange.getException(S3Exception.class);
        return refusal != null
                && refusal.awsErrorDetails() != null
                && "NoSuchKey".equals(refusal.awsErrorDetails().errorCode());
    }
}
