package routes;

import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/**
 * Has the staged files listed as soon as S3 says that there is one.
 *
 * <p>A message of the queue is a doorbell and nothing more: a lost one is made up for by the next poll, one too many leads
 * to a listing too many. While the queue cannot be read, polling goes on and readiness says why.
 */
public class StagedEventRoute extends EndpointRouteBuilder {

    /** What SQS gives in one call at most. */
    private static final int MESSAGES = 10;

    /** How long a call waits for a message: SQS allows 20, but an orderly stop waits for the call. */
    private static final int SECONDS = 2;

    /** The id of the route: stopped, files wait for the next poll. */
    public static final String ID = "staged-event";

    @Override
    public void configure() {
        onException(Exception.class)
                .handled(true)
                .bean("doorbell", "failed(${exception})")
                .id("note-failed-queue");

        // fmt:off
        from(aws2Sqs("staged").queueUrl("{{load.queue:}}")
                .deleteAfterRead(false)
                .maxMessagesPerPoll(MESSAGES).waitTimeSeconds(SECONDS).greedy(true)
                .sendEmptyMessageWhenIdle(true)
                .backoffErrorThreshold(1).backoffMultiplier(4)
                .advanced().bridgeErrorHandler(true))
            .routeId(ID)
            .routeDescription("Asks for a listing when a file was staged")
            .precondition("{{load.enabled}} && '{{load.queue:}}' != ''")
            .bean("doorbell", "works").id("note-working-queue")
            .filter(body().isNotNull()).id("skip-empty-polls")
                .bean("doorbell", "rung(${header.CamelAwsSqsMessageId}, ${header.CamelAwsSqsReceiptHandle})").id("note-ring")
                .to(direct("ask-for-listing")).id("ask")
            .end();
        // fmt:on
    }
}
