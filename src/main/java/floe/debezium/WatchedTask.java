package floe.debezium;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import floe.binlog.Sighting;
import floe.binlog.StreamWatch;
import floe.capture.CaptureFailed;
import floe.change.TableId;
import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogStreamingChangeEventSource;
import io.debezium.connector.binlog.event.EventDataDeserializationExceptionData;
import io.debezium.connector.mysql.MySqlConnectorTask;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.service.spi.ServiceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Debezium's MySQL task with a {@link StreamWatch} on its binlog client. What was seen comes as records, each ahead of
 * the records of all that stands after it in the binlog: an offset that is saved never skips a sighting.
 */
public final class WatchedTask extends MySqlConnectorTask {

    /** The captured tables, each {@code schema.table}, by commas. */
    static final String TABLES = "capture.tables";

    private static final String TOPIC = "sightings";

    private volatile StreamWatch watch;
    private volatile Thread starter;
    private volatile CompletableFuture<ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext>> started;

    @Override
    public ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> start(Configuration configuration) {
        watch = new StreamWatch(
                Stream.of(configuration.getString(TABLES).split(","))
                        .map(TableId::parse)
                        .collect(Collectors.toSet()),
                EventDataDeserializationExceptionData.class::isInstance);
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
        registry.registerServiceProvider(new BeforeStreaming(this::watchBinlog));
    }

    /**
     * Debezium asks for its snapshotter at many points; the last is when it has the binlog client and is about to
     * connect. The coordinator's thread may get there before it was handed to this task, and waits.
     */
    private void watchBinlog() {
        if (Thread.currentThread() != starter) {
            started.join().getStreamingSource().ifPresent(source -> {
                BinaryLogClient client = ((BinlogStreamingChangeEventSource<?, ?>) source).getBinaryLogClient();
                if (!client.getEventListeners().contains(watch)) {
                    watch.waitWhile(client::isConnected);
                    client.registerEventListener(watch);
                }
            });
        }
    }

    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
        List<Sighting> seen = watch.take();
        if (!seen.isEmpty()) {
            // At once: there may be no record for long, or an error in place of it.
            return records(seen);
        }
        List<SourceRecord> polled = super.doPoll();
        checkWatching(polled);
        if (polled != null && !polled.isEmpty()) {
            SourceRecords.mark(polled.get(polled.size() - 1), watch.commitTimes());
        }
        // What stands before a polled record was seen before the record was made.
        seen = watch.take();
        if (seen.isEmpty()) {
            return polled;
        }
        List<SourceRecord> all = new ArrayList<>(records(seen));
        all.addAll(polled);
        return all;
    }

    private void checkWatching(List<SourceRecord> polled) {
        if (!watch.isReading() && polled.stream().anyMatch(SourceRecords::isFromBinlog)) {
            throw new CaptureFailed("Debezium reads the binlog, and Floe's watch does not see it:"
                    + " this version of Debezium does not fit");
        }
    }

    private static List<SourceRecord> records(List<Sighting> seen) {
        return seen.stream()
                .map(sighting -> new SourceRecord(Map.of(), Map.of(), TOPIC, null, sighting))
                .toList();
    }
}
