package local.sqs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * SQS on a port of this machine: standard queues, with their messages in memory.
 *
 * <p>It speaks AWS JSON 1.0 and takes any credentials. What goes wrong is set through {@link #faults()}.
 */
public final class SqsServer implements AutoCloseable {
    private static final Duration DEFAULT_VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

    /** The account that queues belong to. */
    static final String ACCOUNT = "000000000000";

    static {
        // Without the first, each answer on a kept connection may take 40 ms; without the second, the server closes
        // idle connections before the SDK's pool does, and the SDK meets that as an error.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final Map<String, MessageQueue> queues = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer http;
    private final SqsClient client;

    private SqsServer(int port) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/", new ApiHandler(new Operations(this), faults));
        http.setExecutor(threads);
        http.start();
        client = clientBuilder(endpoint()).build();
    }

    /** Starts on a free port of the loopback address. */
    public static SqsServer start() throws IOException {
        return start(0);
    }

    /** Starts on a port of the loopback address; 0 takes a free one. */
    public static SqsServer start(int port) throws IOException {
        return new SqsServer(port);
    }

    /** A builder of clients for the server at {@code endpoint}, with region and credentials set. */
    public static SqsClientBuilder clientBuilder(URI endpoint) {
        return SqsClient.builder()
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
    public SqsClient client() {
        return client;
    }

    /** Creates a queue, unless it is there, and returns its URL. */
    public String createQueue(String name) {
        return createQueue(name, DEFAULT_VISIBILITY_TIMEOUT);
    }

    /**
     * The same with another visibility timeout.
     *
     * @param visibilityTimeout for how long a message is hidden that was received and not deleted
     */
    public String createQueue(String name, Duration visibilityTimeout) {
        queues.computeIfAbsent(name, any -> new MessageQueue(visibilityTimeout));
        return url(name);
    }

    /** Deletes a queue with its messages. */
    public void deleteQueue(String name) {
        queues.remove(name);
    }

    /** Puts a message into a queue, past all faults. */
    public void send(String queue, String body) {
        queues.get(queue).send(body);
    }

    /** How many messages a queue has that were not deleted, received or not. */
    public int messages(String queue) {
        return queues.get(queue).size();
    }

    /** How many messages were ever received from a queue, each time counted. */
    public int received(String queue) {
        return queues.get(queue).received();
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    String url(String name) {
        return endpoint() + "/" + ACCOUNT + "/" + name;
    }

    /** The queue of that name, or null. */
    MessageQueue queue(String name) {
        return queues.get(name);
    }

    /** Ends calls under way and forgets all messages. */
    @Override
    public void close() {
        client.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
