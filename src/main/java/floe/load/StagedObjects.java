package floe.load;

import floe.aws.AwsClients;
import floe.progress.LoadProgress;
import floe.staging.ObjectKey;
import floe.staging.Places;
import floe.staging.StagedFile;
import floe.staging.StagingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What is asked of S3 for a staged file. All of it names the ETag that the file was listed with: what was put in the file's
 * place since is not taken for it, and S3 refuses with 412. May be used by several threads.
 */
public final class StagedObjects {

    /**
     * The largest object that one request copies.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>
     */
    private static final long LARGEST_COPY = 5L << 30;

    /** Of a copy in parts: enough of them for 10 TiB; what is larger has larger ones. */
    private static final long PART_BYTES = 1L << 30;

    private static final int MOST_PARTS = 10_000;

    private final AwsClients clients;
    private final Places places;
    private final LoadProgress progress;
    private final long largestCopy;
    private final long partBytes;

    /** @param progress is told of each part of a large file that is copied */
    public StagedObjects(AwsClients clients, StagingSettings settings, LoadProgress progress) {
        this(clients, settings.places(), progress, LARGEST_COPY, PART_BYTES);
    }

    /**
     * For tests, whose S3 holds no such large objects.
     *
     * @param largestCopy files with more bytes are copied in parts
     * @param partBytes the size of each part but the last one
     */
    StagedObjects(AwsClients clients, Places places, LoadProgress progress, long largestCopy, long partBytes) {
        this.clients = clients;
        this.places = places;
        this.progress = progress;
        this.largestCopy = largestCopy;
        this.partBytes = partBytes;
    }

    /** Asks for the content of {@code file}. */
    public GetObjectRequest get(StagedFile file) {
        return GetObjectRequest.builder()
                .bucket(places.bucket())
                .key(file.key())
                .ifMatch(file.etag())
                .build();
    }

    /** Asks for {@code file} to go. */
    public DeleteObjectRequest delete(StagedFile file) {
        return DeleteObjectRequest.builder()
                .bucket(places.bucket())
                .key(file.key())
                .ifMatch(file.etag())
                .build();
    }

    /**
     * Copies {@code file} below the archive prefix, under its name. Where another file of that name lies there, the ETag is
     * added to the name. Doing it again does the same, but for files whose ETag a copy does not keep: these may then be there
     * twice.
     */
    public void archive(StagedFile file) {
        String key = archiveKey(file);
        if (file.bytes() > largestCopy) {
            copyInParts(file, key);
        } else {
            client().copyObject(request -> request.sourceBucket(places.bucket())
                    .sourceKey(file.key())
                    .copySourceIfMatch(file.etag())
                    .destinationBucket(places.bucket())
                    .destinationKey(key));
        }
    }

    /**
     * Makes sure of a file that S3 said it does not have.
     *
     * @throws UncheckedIOException if it is there all the same, as it was when it was listed
     */
    public void confirmGone(StagedFile file) {
        if (listed(file.key()).filter(there -> there.eTag().equals(file.etag())).isPresent()) {
            throw new UncheckedIOException(new IOException("S3 lists it, and does not give it"));
        }
    }

    /** Nobody puts another one there meanwhile: a copy is made only of what is staged now, and of one name one is. */
    private String archiveKey(StagedFile file) {
        String key = ObjectKey.of(places.archivePrefix(), file.name(), "");
        boolean taken =
                listed(key).filter(there -> !there.eTag().equals(file.etag())).isPresent();
        return taken ? ObjectKey.of(places.archivePrefix(), file.name(), "." + file.version()) : key;
    }

    private Optional<S3Object> listed(String key) {
        // Of all keys that begin with it, it is the first one.
        return client()
                .listObjectsV2(request ->
                        request.bucket(places.bucket()).prefix(key).maxKeys(1).encodingType(EncodingType.URL))
                .contents()
                .stream()
                .filter(there -> there.key().equals(key))
                .findFirst();
    }

    private void copyInParts(StagedFile file, String key) {
        String upload = client().createMultipartUpload(likeOriginal(file, key)).uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long size = Math.max(partBytes, (file.bytes() + MOST_PARTS - 1) / MOST_PARTS);
            for (long from = 0; from < file.bytes(); from += size) {
                progress.archiving(file);
                parts.add(part(file, key, upload, parts.size() + 1, from, Math.min(file.bytes(), from + size)));
            }
            client().completeMultipartUpload(request ->
                    request.bucket(places.bucket()).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
        } catch (SdkException e) {
            abort(key, upload, e);
            throw e;
        }
    }

    /** One request copies these by itself; parts do not tell. */
    private CreateMultipartUploadRequest likeOriginal(StagedFile file, String key) {
        HeadObjectResponse original = client().headObject(request ->
                request.bucket(places.bucket()).key(file.key()).ifMatch(file.etag()));
        return CreateMultipartUploadRequest.builder()
                .bucket(places.bucket())
                .key(key)
                .contentType(original.contentType())
                .contentEncoding(original.contentEncoding())
                .metadata(original.metadata())
                .build();
    }

    private CompletedPart part(StagedFile file, String key, String upload, int number, long from, long end) {
        CopyPartResult copied = client().uploadPartCopy(request -> request.sourceBucket(places.bucket())
                        .sourceKey(file.key())
                        .copySourceIfMatch(file.etag())
                        .copySourceRange("bytes=" + from + "-" + (end - 1))
                        .destinationBucket(places.bucket())
                        .destinationKey(key)
                        .uploadId(upload)
                        .partNumber(number))
                .copyPartResult();
        return CompletedPart.builder().partNumber(number).eTag(copied.eTag()).build();
    }

    private void abort(String key, String upload, SdkException why) {
        try {
            client().abortMultipartUpload(
                            request -> request.bucket(places.bucket()).key(key).uploadId(upload));
        } catch (SdkException e) {
            // The bucket's lifecycle removes what is left of it.
            why.addSuppressed(e);
        }
    }

    private S3Client client() {
        return clients.s3(places.bucket());
    }
}
