package floe.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import floe.aws.AwsClients;
import floe.aws.AwsRefusal;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.staging.ObjectKey;
import floe.state.SnapshotRequests;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Takes up what load asks of capture: each request is kept beside capture's state, and only then removed from the bucket. One of a
 * table that this capture does not mean is left for another. For one thread.
 */
public final class ReceivedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ReceivedRequests.class);

    /** No name of a table is longer: it has two parts of at most 64 characters, of three bytes each. */
    private static final int MOST_BYTES = 1_000;

    private final AwsClients clients;
    private final RequestSettings requests;
    private final CaptureSettings capture;
    private final Set<String> strange = new HashSet<>();
    private String trouble = "";

    public ReceivedRequests(AwsClients clients, RequestSettings requests, CaptureSettings capture) {
        this.clients = clients;
        this.requests = requests;
        this.capture = capture;
    }

    /** Takes up all that are there. */
    public void take() throws IOException {
        SnapshotRequests snapshots = SnapshotRequests.in(capture.stateFolder());
        for (S3Object object : client().listObjectsV2Paginator(
                        list -> list.bucket(bucket()).prefix(requests.prefix()).encodingType(EncodingType.URL))
                .contents()) {
            Optional<TableId> table = table(object).filter(capture.tables()::contains);
            if (table.isPresent()) {
                snapshots.ask(SnapshotRequests.Wish.READ, List.of(table.get()));
                client().deleteObject(delete -> delete.bucket(bucket()).key(object.key()));
                LOG.info("Load asks for {} to be read again", table.get());
            }
        }
        trouble = "";
    }

    /** Notes that requests could not be taken up, which is said when it is new: capture goes on, and they are there later, too. */
    public void failed(Exception failure) {
        String why = AwsRefusal.of(failure).orElse(String.valueOf(failure.getMessage()));
        if (!why.equals(trouble)) {
            LOG.warn(
                    "What load asks for cannot be read under {} in the bucket {}: {}",
                    requests.prefix(),
                    bucket(),
                    why);
        }
        trouble = why;
    }

    /** The table that is meant; nothing if none is, or the request was taken up meanwhile. */
    private Optional<TableId> table(S3Object object) {
        try {
            if (object.size() <= MOST_BYTES) {
                byte[] name = client().getObjectAsBytes(
                                get -> get.bucket(bucket()).key(object.key()))
                        .asByteArray();
                return Optional.of(TableId.parse(new String(name, UTF_8)));
            }
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.debug("An object that names no table", e);
        }
        if (strange.add(object.key())) {
            LOG.warn(
                    "The object {} in the bucket {} names no table, and is not taken up",
                    ObjectKey.shown(object.key()),
                    bucket());
        }
        return Optional.empty();
    }

    private String bucket() {
        return requests.bucket().orElseThrow();
    }

    private S3Client client() {
        return clients.s3(bucket());
    }
}
