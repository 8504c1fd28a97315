package local.kinesis;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import local.http.AwsClients;
import local.http.LoopbackServer;
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

    private final Streams streams = new Streams();
    private final Limits limits = new Limits();
    private final KinesisFaults faults = new KinesisFaults();
    private final Counters counters = new Counters();
    private final LoopbackServer http;
    private final KinesisClient client;

    private KinesisServer(int port) throws IOException {
        var operations = new Operations(streams, new PutOperations(streams, limits, faults, counters));
        http = LoopbackServer.start("kinesis", port, new ApiHandler(operations, faults, counters));
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
        return AwsClients.at(endpoint, KinesisClient.builder());
    }

    /** Where clients connect to. */
    public URI endpoint() {
        return http.endpoint();
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
    public KinesisFaults faults() {
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
        http.close();
    }
}
