package local.sqs;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import local.http.AwsClients;
import local.http.Faults;
import local.http.LoopbackServer;
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

    private final Map<String, MessageQueue> queues = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final LoopbackServer http;
    private final SqsClient client;

    private SqsServer(int port) throws IOException {
        http = LoopbackServer.start("sqs", port, new ApiHandler(new Operations(this), faults));
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
        return AwsClients.at(endpoint, SqsClient.builder());
    }

    /** Where clients connect to. */
    public URI endpoint() {
        return http.endpoint();
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
        http.close();
    }
}
