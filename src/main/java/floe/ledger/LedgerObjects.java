package floe.ledger;

import floe.aws.AwsClients;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects that hold the ledgers of all loaders: one of each, which only it writes. May be used by several threads. */
final class LedgerObjects {

    private static final int PRECONDITION_FAILED = 412;

    private final AwsClients clients;
    private final String bucket;
    private final String prefix;
    private final String ownKey;

    /** @param name of the own object, which no other loader has */
    LedgerObjects(AwsClients clients, String bucket, String prefix, String name) {
        this.clients = clients;
        this.bucket = bucket;
        this.prefix = prefix;
        this.ownKey = prefix + name + ".json";
    }

    String bucket() {
        return bucket;
    }

    String prefix() {
        return prefix;
    }

    boolean isOwn(S3Object object) {
        return object.key().equals(ownKey);
    }

    /** Replaces the own object; when this returns, it is durable. */
    void put(byte[] json) {
        client().putObject(
                        request -> request.bucket(bucket).key(ownKey).contentType("application/json"),
                        RequestBody.fromBytes(json));
    }

    /** All that are there, the own one too. */
    List<S3Object> list() {
        return client()
                .listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
                .contents()
                .stream()
                .toList();
    }

    /** The content of an object as it is now; nothing if it is gone. */
    Optional<ResponseBytes<GetObjectResponse>> get(String key) {
        try {
            return Optional.of(
                    client().getObjectAsBytes(request -> request.bucket(bucket).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Removes an object, unless it was written since it was listed. */
    void delete(S3Object object) {
        try {
            client().deleteObject(
                            request -> request.bucket(bucket).key(object.key()).ifMatch(object.eTag()));
        } catch (NoSuchKeyException e) {
            // Another loader has removed it.
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED) {
                throw e;
            }
        }
    }

    private S3Client client() {
        return clients.s3(bucket);
    }
}
