package local.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import local.http.AwsClients;
import local.http.Faults;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.shaded.org.eclipse.jetty.server.AbstractConnector;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * S3 on a port of this machine, with its objects in memory; clients use path-style addresses and sign with {@link
 * #ACCESS_KEY} and {@link #SECRET_KEY}.
 */
public final class S3Server implements AutoCloseable {
    /** The access key id that requests are signed with. */
    public static final String ACCESS_KEY = AwsClients.KEY;
    /** The secret that goes with it. */
    public static final String SECRET_KEY = AwsClients.KEY;

    private static final int MAX_KEYS_OF_A_PAGE = 1_000;

    private final Faults faults = new Faults();
    private final Notifications notifications = new Notifications();
    private final AtomicBlobStore objects = new AtomicBlobStore(
            new AnyKeyBlobStore(BlobStores.create("transient-nio2", new Properties())), notifications);
    private final S3Proxy s3proxy;
    private final Server server;
    private final FaultHandler handler;
    private final S3Client client;

    private S3Server(int port) throws Exception {
        s3proxy = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        server = serverOf(s3proxy);
        handler = new FaultHandler(new SlashHandler(server.getHandler()), faults);
        server.setHandler(handler);
        s3proxy.start();
        client = clientBuilder(endpoint()).build();
    }

    /** S3Proxy keeps its web server to itself; there is no other way to stand before it on its own port. */
    private static Server serverOf(S3Proxy s3proxy) throws ReflectiveOperationException {
        Field server = S3Proxy.class.getDeclaredField("server");
        server.setAccessible(true);
        return (Server) server.get(s3proxy);
    }

    /** Starts on a free port of the loopback address. */
    public static S3Server start() throws Exception {
        return start(0);
    }

    /** Starts on a port of the loopback address; 0 takes a free one. */
    public static S3Server start(int port) throws Exception {
        return new S3Server(port);
    }

    /** A builder of clients for the server at {@code endpoint}, with region, credentials and path style set. */
    public static S3ClientBuilder clientBuilder(URI endpoint) {
        return AwsClients.at(endpoint, S3Client.builder()).forcePathStyle(true);
    }

    /** Where clients connect to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + s3proxy.getPort());
    }

    /** A client that does all else as the SDK does by default, retries included; closed with the server. */
    public S3Client client() {
        return client;
    }

    /** Creates a bucket; one that is there already stays as it is. Not subject to faults, like all below. */
    public void createBucket(String bucket) {
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("'" + bucket + "' is no name for a bucket");
        }
        if (!objects.containerExists(bucket)) {
            objects.createContainer(bucket);
        }
    }

    /** The keys that begin with a prefix, in the order of their bytes, as S3 lists them. */
    public List<String> keys(String bucket, String prefix) {
        return keys(bucket, prefix, MAX_KEYS_OF_A_PAGE);
    }

    List<String> keys(String bucket, String prefix, int pageSize) {
        List<String> keys = new ArrayList<>();
        ListObjectsV2Response page;
        String token = null;
        do {
            page = objects.list(ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .prefix(prefix)
                    .maxKeys(pageSize)
                    .continuationToken(token)
                    .build());
            page.contents().forEach(object -> keys.add(object.key()));
            token = page.nextContinuationToken();
        } while (token != null);
        return keys;
    }

    /** The content of an object as UTF-8, unzipped if it is gzip. */
    public String text(String bucket, String key) throws IOException {
        try (InputStream object = objects.getBlob(bucket, key)) {
            byte[] content = object.readAllBytes();
            return new String(isGzip(content) ? unzipped(content) : content, StandardCharsets.UTF_8);
        }
    }

    private static boolean isGzip(byte[] content) {
        return content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b;
    }

    private static byte[] unzipped(byte[] content) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return gzip.readAllBytes();
        }
    }

    /**
     * Tells of each new object under a prefix, however it came there, once all of it is there.
     *
     * @param queue takes a message in the form that S3 sends to SQS, the key URL-encoded; S3 sends at least one
     */
    public void notifyOfNewObjects(String bucket, String prefix, Consumer<String> queue) {
        notifications.add(bucket, prefix, queue);
    }

    /** Stores an object at once. */
    public void put(String bucket, String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentLength((long) bytes.length)
                .build();
        objects.putBlob(request, new ByteArrayInputStream(bytes));
    }

    /** Ends connections that are made from now on, and that nobody reads from for so long: S3 waits some 30 s. */
    public void idleTimeout(Duration time) {
        for (Connector connector : server.getConnectors()) {
            ((AbstractConnector) connector).setIdleTimeout(time.toMillis());
        }
    }

    /** How many requests are being answered, to the last byte that their clients read. */
    public int answering() {
        return handler.answering();
    }

    /** Refuses to copy larger objects by one request, as S3 does beyond 5 GiB. */
    public void largestCopy(long bytes) {
        objects.largestCopy(bytes);
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** Ends requests under way and forgets all objects. */
    @Override
    public void close() {
        client.close();
        try {
            s3proxy.stop();
        } catch (Exception unable) {
            throw new IllegalStateException("S3 does not stop", unable);
        }
        objects.close();
    }
}
