package floe.debezium;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import floe.binlog.RawEvent;
import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogStreamingChangeEventSource;
import io.debezium.connector.mysql.MySqlConnectorTask;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.service.spi.ServiceRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Debezium's MySQL task, which sets up the connection to the binlog, as the transport of what Floe reads itself: each record
 * of a poll has a list of {@link RawEvent} as its value. Debezium sees none of them.
 */
public final class TransportTask extends MySqlConnectorTask {

    /** Where to begin: a binlog file, an offset in it, and the largest event to keep, in bytes. */
    static final String FILE = "floe.binlog.file";

    static final String OFFSET = "floe.binlog.offset";
    static final String MOST_BYTES = "floe.event.bytes";

    private static final String TOPIC = "binlog";

    private volatile Transport transport;
    private volatile Thread starter;
    private volatile CompletableFuture<ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext>> started;

    /** The events that a record carries. */
    @SuppressWarnings("unchecked") // Made below, and by nobody else.
    static List<RawEvent> events(SourceRecord polled) {
        return (List<RawEvent>) polled.value();
    }

    @Override
    public ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> start(Configuration configuration) {
        transport = new Transport(
                configuration.getString(FILE), configuration.getLong(OFFSET), configuration.getInteger(MOST_BYTES));
        starter = Thread.currentThread();
        started = new CompletableFuture<>();
        try {
            var coordinator = super.start(configuration);
            started.complete(coordinator);
            return coordinator;
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            throw e;
        }
    }

    @Override
    protected void registerServiceProviders(ServiceRegistry registry) {
        super.registerServiceProviders(registry);
        registry.registerServiceProvider(new BeforeStreaming(this::read));
    }

    /**
     * Debezium asks for its snapshotter at many points. At the last its client is ready to connect, and Floe does that here:
     * Debezium would ask for a set of GTIDs, which it cannot read where they have tags. The coordinator's thread may get
     * there before it was handed to this task, and waits.
     */
    private void read() {
        if (Thread.currentThread() != starter) {
            started.join()
                    .getStreamingSource()
                    .map(source -> ((BinlogStreamingChangeEventSource<?, ?>) source).getBinaryLogClient())
                    .ifPresent(this::read);
        }
    }

    private void read(BinaryLogClient client) {
        transport.read(client);
        throw new TransportEnded();
    }

    /** Debezium's own queue stays empty; what would come there comes from the transport, failures too. */
    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
        List<RawEvent> events = transport.take();
        return events.isEmpty() ? List.of() : List.of(new SourceRecord(Map.of(), Map.of(), TOPIC, null, events));
    }

    /** Has Debezium's thread end where it would connect once more. */
    private static final class TransportEnded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TransportEnded() {
            super("The binlog is not read any more");
        }
    }
}
