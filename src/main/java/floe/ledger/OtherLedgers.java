package floe.ledger;

import floe.staging.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The ledgers of the other loaders, each read when it has changed. What is no ledger is named once, and left alone. For one thread
 * at a time.
 */
final class OtherLedgers {

    /** A loader that runs writes its ledger more often. */
    static final Duration IDLE = Duration.ofHours(1);

    /** A ledger has some hundred kilobytes. */
    static final long MOST_BYTES = 10L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(OtherLedgers.class);

    private final LedgerObjects objects;

    /** The ETags of what was read, by key. */
    private final Map<String, String> read = new HashMap<>();

    /** The ETags of what is no ledger, by key. */
    private final Map<String, String> strange = new HashMap<>();

    private final Set<String> named = new HashSet<>();
    private List<S3Object> idle = List.of();

    OtherLedgers(LedgerObjects objects) {
        this.objects = objects;
    }

    /** Hands each that is new or has changed to {@code ledger}. */
    void read(Consumer<Marks> ledger) {
        idle = List.of();
        List<S3Object> all = objects.list();
        Set<String> keys = new HashSet<>();
        all.forEach(object -> keys.add(object.key()));
        read.keySet().retainAll(keys);
        strange.keySet().retainAll(keys);
        named.retainAll(keys);
        List<S3Object> others =
                all.stream().filter(object -> !objects.isOwn(object)).toList();
        for (S3Object object : others) {
            if (!object.eTag().equals(read.get(object.key())) && !object.eTag().equals(strange.get(object.key()))) {
                read(object, ledger);
            }
        }
        idle = idle(others, newest(all));
    }

    /** Removes those whose loaders run no more. All that was read must be durable elsewhere. */
    void removeIdle() {
        for (S3Object object : idle) {
            objects.delete(object);
            LOG.info("The ledger {} has no loader any more, and is part of this loader's", object.key());
        }
        idle = List.of();
    }

    /** By S3's clock alone, to which the own ledger is written more often than others may be idle. */
    private static Instant newest(List<S3Object> all) {
        return all.stream()
                .map(S3Object::lastModified)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private List<S3Object> idle(List<S3Object> others, Instant newest) {
        List<S3Object> found = new ArrayList<>();
        for (S3Object object : others) {
            if (object.eTag().equals(read.get(object.key()))
                    && Duration.between(object.lastModified(), newest).compareTo(IDLE) > 0) {
                found.add(object);
            }
        }
        return found;
    }

    private void read(S3Object object, Consumer<Marks> ledger) {
        if (object.size() > MOST_BYTES) {
            ignore(object, object.eTag(), "it has " + object.size() + " bytes");
            return;
        }
        ResponseBytes<GetObjectResponse> content = objects.get(object.key()).orElse(null);
        if (content == null) {
            return;
        }
        String etag = content.response().eTag();
        try {
            ledger.accept(MarksJson.read(content.asByteArrayUnsafe()));
            read.put(object.key(), etag);
            strange.remove(object.key());
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("An object that is no ledger", e);
            ignore(object, etag, e instanceof IOException ? "it is no JSON" : e.getMessage());
        }
    }

    private void ignore(S3Object object, String etag, String why) {
        strange.put(object.key(), etag);
        read.remove(object.key());
        if (named.add(object.key())) {
            LOG.warn(
                    "The object {} in the bucket {} is no ledger of a loader, and is left alone: {}",
                    ObjectKey.shown(object.key()),
                    objects.bucket(),
                    why);
        }
    }
}
