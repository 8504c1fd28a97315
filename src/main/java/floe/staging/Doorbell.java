package floe.staging;

import floe.aws.AwsClients;
import floe.aws.AwsRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * The queue that says that files were staged. What a message says does not matter: it asks for a listing, which tells all.
 *
 * <p>A message is deleted once a listing has begun after it came. Until then it may come again, and asks again.
 */
public final class Doorbell {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);

    /** What SQS takes in one call. */
    private static final int MOST_DELETED_AT_ONCE = 10;

    /** Kept until a listing; while one takes long, each new file rings, and each ring comes again. */
    private static final int MOST_RINGS = 1_000;

    private final Map<String, String> rings = new LinkedHashMap<>();
    private final AwsClients clients;
    private final Optional<String> queue;
    private String trouble;

    public Doorbell(AwsClients clients, StagingSettings settings) {
        this.clients = clients;
        this.queue = settings.queue();
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
                clients.sqs(queue.orElseThrow()).deleteMessageBatch(call -> call.queueUrl(queue.orElseThrow())
                        .entries(some));
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
        String reason = "The queue in load.queue cannot be used, so that files wait for the next poll: "
                + AwsRefusal.of(failure).orElseGet(failure::getMessage);
        if (!Objects.equals(trouble, reason)) {
            LOG.warn("{}", reason);
        }
        trouble = reason;
    }

    /** Why the queue cannot be used, if it cannot. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }
}
