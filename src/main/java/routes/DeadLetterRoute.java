package routes;

import floe.letters.DeadLetters;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * Keeps the lines that cannot be applied, with their reasons, under the dead-letter prefix.
 *
 * <p>An object is named by the file, its content and the first line it holds, so keeping a line twice is keeping it once. If it cannot
 * be kept, the failure goes to the caller, whose file then stays staged.
 */
public class DeadLetterRoute extends EndpointRouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        // fmt:off
        from(direct("dead-letter"))
            .routeId("dead-letter")
            .routeDescription("Keeps lines that cannot be applied")
            .precondition("{{load.enabled}}")
            .bean("progress", "taking").id("note-letters")
            .setVariable("letters", body()).id("keep-letters")
            // What S3 said of the staged file, such as its length, does not hold for what is put here.
            .removeHeaders("CamelAwsS3*").id("forget-staged-headers")
            .setVariable("prefix", constant("{{dead-letter.prefix}}")).id("name-prefix")
            .setVariable("key").exchange(DeadLetterRoute::key).id("name-letters")
            // The component takes what is here for an expression, whatever keys may hold: so it gets one.
            .setHeader(AWS2S3Constants.KEY, constant("${variable.key}")).id("refer-to-name")
            .setHeader(AWS2S3Constants.CONTENT_TYPE, constant("application/x-ndjson")).id("mark-as-ndjson")
            .setBody(simple("${body.ndjson}")).id("write-letters")
            .to(aws2S3("{{dead-letter.bucket}}")).id("put-letters")
            .setBody(variable("letters")).id("take-letters-back")
            .bean("progress", "kept(${body.reasons})").id("count-letters");
        // fmt:on
    }

    private static String key(Exchange exchange) {
        return exchange.getVariable("letters", DeadLetters.class).key(exchange.getVariable("prefix", String.class));
    }
}
