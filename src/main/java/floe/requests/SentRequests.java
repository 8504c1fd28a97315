package floe.requests;

import floe.aws.AwsClients;
import floe.aws.AwsRefusal;
import floe.change.Digest;
import floe.change.TableId;
import floe.snowflake.Rereads;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Asks capture to read tables again, each time by an object that holds the name of the table and nothing else. Capture removes it
 * once it will. May be used by several threads.
 */
public final class SentRequests implements Rereads {

    private static final Logger LOG = LoggerFactory.getLogger(SentRequests.class);

    private final AwsClients clients;
    private final RequestSettings settings;

    /** The keys of what this process asked for: only of its own requests it knows that one that is gone was there. */
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    public SentRequests(AwsClients clients, RequestSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public Optional<Lacking> lacking(TableId source, String cause) {
        if (settings.bucket().isEmpty()) {
            return BY_HAND.lacking(source, cause);
        }
        String key = settings.prefix() + Digest.of(source + " " + cause);
        try {
            if (!sent.contains(key)) {
                send(key, source);
            } else if (!isThere(key)) {
                return Optional.empty();
            }
        } catch (SdkException e) {
            String refusal = AwsRefusal.of(e).orElse(e.getMessage());
            return BY_HAND.lacking(source, cause)
                    .map(lacking -> new Lacking(
                            "capture cannot be asked to read its source again, as S3 refuses " + key + " (" + refusal
                                    + "): " + lacking.what(),
                            false));
        }
        return Optional.of(new Lacking(
                "capture was asked to read its source again by " + key
                        + ", and has not taken that up yet; if it does not,"
                        + " see to its setting requests.bucket and to its rights, or run 'floe setup' and 'floe snapshot'",
                true));
    }

    private void send(String key, TableId source) {
        client().putObject(
                        request -> request.bucket(bucket()).key(key).contentType("text/plain; charset=utf-8"),
                        RequestBody.fromString(source.toString()));
        sent.add(key);
        LOG.info("Capture is asked to read {} again: {} in the bucket {}", source, key, bucket());
    }

    private boolean isThere(String key) {
        try {
            client().headObject(request -> request.bucket(bucket()).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private String bucket() {
        return settings.bucket().orElseThrow();
    }

    private S3Client client() {
        return clients.s3(bucket());
    }
}
