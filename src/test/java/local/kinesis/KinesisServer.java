package local.kinesis;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/**
 * Kinesis Data Streams on a port of this machine, with its records in memory.
 *
 * <p>It speaks AWS JSON 1.1 and AWS CBOR 1.1, takes any credentials, and refuses what the service refuses. What goes
 * wrong beyond that is set through {@link #faults()}.
 */
public final class KinesisServer implements AutoCloseable {
    static final int DEFAULT_MAX_RECORD_SIZE_IN_KIB = 1024;

    static {
        // Without the first, each answer on a kept connection may take 40 ms; without the second, the server closes
        // idle connections before the SDK's pool does, and the SDK meets that as an error.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final Streams streams = new Streams();
    private final Limits limits = new Limits();
    private final Faults faults = new Faults();
    private final Counters counters = new Counters();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer http;
    private final KinesisClient client;

    private KinesisServer(int port) throws IOException {
        var operations = new Operations(streams, new PutOperations(streams, limits, faults, counters));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/", new ApiHandler(operations, faults, counters));
        http.setExecutor(threads);
        http.start();
        client = clientBuilder(endpoint()).build();
    }

    /** Starts on a free port of the loopback address. */
    public static KinesisServer start() throws IOException {
        return start(0);
    }

    /** Starts on a port of the loopback address; 0 takes a free one. */
    public static KinesisServer start(int port) throws IOException {
        return new KinesisServer(port);
    }

    /** A builder of clients for the server at {@code endpoint}, with region and credentials set. */
    public static KinesisClientBuilder clientBuilder(URI endpoint) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder());
    }

    /** Where clients connect to. */
    public URI endpoint() {
        InetSocketAddress address = http.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** A client that does all else as the SDK does by default, retries included; closed with the server. */
    public KinesisClient client() {
        return client;
    }

    /** Creates a stream that is active at once and takes records of up to 1 MiB. */
    public void createStream(String name, int shardCount) {
        createStream(name, shardCount, DEFAULT_MAX_RECORD_SIZE_IN_KIB);
    }

    /**
     * Creates a stream that is active at once.
     *
     * @param maxRecordSizeInKiB 1,024 to 10,240; the size of a record is that of its data and partition key
     */
    public void createStream(String name, int shardCount, int maxRecordSizeInKiB) {
        streams.create(name, shardCount, maxRecordSizeInKiB);
    }

    /** All records of a stream, in the order in which they arrived. */
    public List<StoredRecord> records(String stream) {
        return streams.named(stream).arrivals(0);
    }

    /** Follows a stream from its first record on. */
    public Cursor follow(String stream) {
        return new Cursor(streams.named(stream));
    }

    /** What the server refuses. */
    public Limits limits() {
        return limits;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** What the server has done. */
    public Counters counters() {
        return counters;
    }

    /** Ends calls under way and forgets all streams. */
    @Override
    public void close() {
        client.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
