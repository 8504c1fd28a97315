package routes;

import floe.load.LoadMeters;
import floe.load.Steps;
import floe.progress.Work;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.builder.endpoint.dsl.AWS2S3EndpointBuilderFactory.AWS2S3EndpointProducerBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Operations;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Applies a staged file, then moves it to the archive prefix.
 *
 * <p>It is moved only after each of its changes was applied or is kept as a dead letter, so a crash at any point leads to
 * its being loaded again, which changes nothing. What fails goes to the caller, and the file stays staged.
 *
 * <p>Keys are data: the component takes a key in a header for an expression, so requests name them.
 */
public class LoadFileRoute extends EndpointRouteBuilder {

    private static final Set<String> GONE = Set.of("NoSuchKey", "PreconditionFailed");

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
            .doTry().id("unless-gone")
                .setBody(method("objects", "get(${variable.file})")).id("ask-for-file")
                .to(stagingBucket(AWS2S3Operations.getObject)).id("get-file")
                .setVariable(Steps.VARIABLE, method("loader", "steps(${variable.file}, ${body})")).id("read-file")
                .setBody(LoadFileRoute::nextStep).id("first-step")
                // Not a split: where that stops at a failure, it still reads the whole rest of the file.
                .loopDoWhile(body().isNotNull()).id("each-step")
                    .to(direct("take-step")).id("apply-step")
                    .setBody(LoadFileRoute::nextStep).id("next-step")
                .end().endDoTry()
                .to(direct("archive-file")).id("archive")
            .doCatch(S3Exception.class).onWhen(LoadFileRoute::isGone).id("file-is-gone")
                .bean("objects", "confirmGone(${variable.file})").id("confirm-gone")
                .bean("loader", "forgetMarks(${variable.file})").id("forget-marks")
                .log("${variable.file.shown} is gone: another loader has loaded it, or it was replaced").id("log-gone")
            .doFinally().id("after-file")
                .setBody(simple("${variable.steps.close}")).id("close-file")
            .end();

        from(direct("archive-file"))
            .routeId("archive-file")
            .routeDescription("Moves a file that was loaded from the staging prefix to the archive prefix")
            .precondition("{{load.enabled}}")
            .bean("loader", "keepMarks(${variable.file})").id("keep-marks")
            .bean("progress", "archiving(${variable.file})").id("note-archiving")
            .bean("objects", "archive(${variable.file})").id("copy-to-archive")
            .setBody(method("objects", "delete(${variable.file})")).id("ask-for-deletion")
            .to(stagingBucket(AWS2S3Operations.deleteObject)).id("delete-staged");
        // fmt:on
    }

    private AWS2S3EndpointProducerBuilder stagingBucket(AWS2S3Operations operation) {
        // The component wants a key even where the request names it.
        return aws2S3("{{staging.bucket}}")
                .operation(operation)
                .pojoRequest(true)
                .keyName("-");
    }

    /** The next step; null once there is none. */
    private static Work nextStep(Exchange exchange) {
        Steps steps = exchange.getVariable(Steps.VARIABLE, Steps.class);
        return steps.hasNext() ? steps.next() : null;
    }

    /** Whether S3 has no such object, or another one in its place. */
    private static boolean isGone(Exchange exchange) {
        S3Exception refusal = exchange.getException(S3Exception.class);
        return refusal != null
                && refusal.awsErrorDetails() != null
                && GONE.contains(refusal.awsErrorDetails().errorCode());
    }
}
