package floe.debezium;

import floe.capture.BinlogSource;
import floe.capture.CaptureFailed;
import floe.capture.SourceEvent;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Debezium's engine. Its committer is not told of what was taken: the saved state is what counts, and the engine
 * starts from it.
 */
final class EngineReading implements BinlogSource.Reading {

    private static final Logger LOG = LoggerFactory.getLogger(EngineReading.class);

    private final Properties properties;
    private final SchemaHistoryFile history;
    private final SourceRecords records = new SourceRecords();
    private final EngineEnd end = new EngineEnd();
    private volatile boolean closed;
    private volatile DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;

    EngineReading(Properties properties, SchemaHistoryFile history) {
        this.properties = properties;
        this.history = history;
    }

    @Override
    public void run(BinlogSource.Reader reader) {
        engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .using(new EngineStart(reader))
                .using((DebeziumEngine.CompletionCallback) end::handle)
                .notifying((batch, committer) -> reader.take(events(batch)))
                .build();
        try {
            if (!closed) {
                engine.run();
            }
        } finally {
            engine = null;
        }
        end.check();
    }

    @Override
    public void keepShapes() {
        try {
            history.force();
        } catch (IOException e) {
            throw new CaptureFailed("The schema history cannot be kept in " + history + ": " + e, e);
        }
    }

    @Override
    public void fail(String reason) {
        end.lost(reason);
        close();
    }

    @Override
    public void close() {
        closed = true;
        DebeziumEngine<?> running = engine;
        if (running != null) {
            try {
                running.close();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("The engine had stopped by itself", e);
            }
        }
    }

    private List<SourceEvent> events(List<ChangeEvent<SourceRecord, SourceRecord>> batch) {
        List<SourceEvent> events = new ArrayList<>(batch.size());
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch) {
            events.add(records.event(event.value()));
        }
        return events;
    }
}
