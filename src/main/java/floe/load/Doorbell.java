package floe.load;

import floe.settings.Configured;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * The queue that says that files were staged. What a message says does not matter: it asks for a listing, which tells all.
 *
 * <p>A message is deleted once a listing has begun after it came. Until then it may come again, and asks again.
 */
public class Doorbell extends Configured {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);

    /** What SQS takes in one call. */
    private static final int MOST_DELETED_AT_ONCE = 10;

    /** Kept until a listing; while one takes long, each new file rings, and each ring comes again. */
    private static final int MOST_RINGS = 1_000;

    private final Map<String, String> rings = new LinkedHashMap<>();
    private String queue;
    private String trouble;

    public Doorbell() {
        super("load.enabled");
    }

    @Override
    protected void configure(Settings settings) {
        queue = settings.optional("load.queue").orElse(null);
        if (queue != null && !isUrl(queue)) {
            throw new WrongSetting(
                    "load.queue",
                    queue,
                    "the URL of an SQS queue, such as https://sqs.eu-central-1.amazonaws.com/123456789012/staged,"
                            + " or empty");
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Notes a message; one that comes again is known by the receipt that it had last. */
    public synchronized void rung(String messageId, String receipt) {
        rings.put(messageId, receipt);
        if (rings.size() > MOST_RINGS) {
            // It comes again, and asks again.
            rings.remove(rings.keySet().iterator().next());
        }
    }

    /** The messages that a listing answers which begins now, as receipts by message id. */
    public synchronized Map<String, String> rings() {
        return Map.copyOf(rings);
    }

    /** Deletes messages that a listing has answered; those that it cannot delete come again. */
    public void answered(Map<String, String> answered) {
        forget(answered);
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        answered.forEach((id, receipt) -> entries.add(DeleteMessageBatchRequestEntry.builder()
                .id(String.valueOf(entries.size() % MOST_DELETED_AT_ONCE))
                .receiptHandle(receipt)
                .build()));
        try {
            for (int from = 0; from < entries.size(); from += MOST_DELETED_AT_ONCE) {
                var some = entries.subList(from, Math.min(from + MOST_DELETED_AT_ONCE, entries.size()));
                client().deleteMessageBatch(call -> call.queueUrl(queue).entries(some));
            }
        } catch (SdkException e) {
            failed(e);
        }
    }

    private synchronized void forget(Map<String, String> answered) {
        // By receipt too: one that came again meanwhile asks for another listing.
        answered.forEach(rings::remove);
    }

    /** Notes that the queue could be read. */
    public synchronized void works() {
        if (trouble != null) {
            LOG.info("The queue can be used again");
        }
        trouble = null;
    }

    /** Notes why the queue could not be used. */
    public synchronized void failed(Throwable failure) {
        String reason = "The queue in load.queue cannot be used, so that files wait for the next poll: " + of(failure);
        if (!Objects.equals(trouble, reason)) {
            LOG.warn("{}", reason);
        }
        trouble = reason;
    }

    /** Why the queue cannot be used, if it cannot. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private static String of(Throwable failure) {
        AwsServiceException refused = ObjectHelper.getException(AwsServiceException.class, failure);
        return refused != null && refused.awsErrorDetails() != null
                ? refused.awsErrorDetails().errorCode() + ": "
                        + refused.awsErrorDetails().errorMessage()
                : failure.getMessage();
    }

    private SqsClient client() {
        return getCamelContext()
                .getEndpoint("aws2-sqs://answered?queueUrl=RAW(" + queue + ")", Sqs2Endpoint.class)
                .getClient();
    }
}
