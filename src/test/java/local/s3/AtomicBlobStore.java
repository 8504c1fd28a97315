package local.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Lets nobody see an object before all of it is there, as S3 promises.
 *
 * <p>The store of s3proxy lists the temporary file of a put under way as an object of its own, and loses puts into a
 * folder that a delete is just removing as empty.
 */
final class AtomicBlobStore extends ForwardingBlobStore {
    /** What S3 notes for an object that is put without a content type. */
    private static final String DEFAULT_CONTENT_TYPE = "binary/octet-stream";

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final Notifications notifications;
    private volatile long largestCopy = 5L << 30;

    AtomicBlobStore(BlobStore store, Notifications notifications) {
        super(store);
        this.notifications = notifications;
    }

    /** @param bytes larger objects cannot be copied by one request */
    void largestCopy(long bytes) {
        largestCopy = bytes;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        // Read beforehand: it comes from the client, at the client's pace.
        InputStream whole = new ByteArrayInputStream(allOf(content));
        PutObjectRequest typed = request.contentType() != null
                ? request
                : request.toBuilder().contentType(DEFAULT_CONTENT_TYPE).build();
        PutObjectResponse response = locked(lock.writeLock(), () -> super.putBlob(typed, whole));
        notifications.created(request.bucket(), request.key(), "Put");
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = locked(lock.writeLock(), () -> {
            if (super.blobMetadata(request.sourceBucket(), request.sourceKey()).contentLength() > largestCopy) {
                throw new S3ProxyException(
                        S3ErrorCode.INVALID_REQUEST,
                        "The specified copy source is larger than the maximum allowable size for a copy source: "
                                + largestCopy);
            }
            return super.copyBlob(request);
        });
        notifications.created(request.destinationBucket(), request.destinationKey(), "Copy");
        return response;
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return locked(lock.writeLock(), () -> super.removeBlob(request));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response =
                locked(lock.writeLock(), () -> super.completeMultipartUpload(upload, request));
        notifications.created(request.bucket(), request.key(), "CompleteMultipartUpload");
        return response;
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        return locked(lock.readLock(), () -> super.list(request));
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return locked(lock.readLock(), () -> super.blobMetadata(request));
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        return locked(lock.readLock(), () -> super.getBlob(request));
    }

    private static byte[] allOf(InputStream content) {
        try {
            return content.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static <T> T locked(Lock held, Supplier<T> action) {
        held.lock();
        try {
            return action.get();
        } finally {
            held.unlock();
        }
    }
}
