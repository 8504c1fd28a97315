package routes;

import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * Keeps the lines that cannot be applied, with their reasons, under the dead-letter prefix.
 *
 * <p>An object is named by the file and the first line it holds, so keeping a line twice is keeping it once. If it cannot
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
            .setHeader(AWS2S3Constants.KEY, simple("{{dead-letter.prefix}}${body.key}")).id("name-letters")
            .setHeader(AWS2S3Constants.CONTENT_TYPE, constant("application/x-ndjson")).id("mark-as-ndjson")
            .setBody(simple("${body.ndjson}")).id("write-letters")
            .to(aws2S3("{{dead-letter.bucket}}")).id("put-letters")
            .setBody(variable("letters")).id("take-letters-back")
            .bean("progress", "kept(${body.reasons})").id("count-letters");
        // fmt:on
    }
}
