package floe.debezium;

import floe.binlog.RawEvent;
import floe.capture.BinlogSource;
import floe.capture.CaptureFailed;
import floe.capture.ServerIdTaken;
import floe.capture.SourceEvent;
import floe.mysql.ServerIdInUse;
import io.debezium.DebeziumException;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Debezium's engine as the transport of the binlog's bytes, and of the {@link BinlogReader} that reads them. The
 * engine's committer is not told of what was taken: the saved state is what counts.
 */
final class EngineReading implements BinlogSource.Reading {

    private static final Logger LOG = LoggerFactory.getLogger(EngineReading.class);

    /** While only other tables change, how far that was read is told so often, or that there is something to read. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Properties properties;
    private final int serverId;
    private final BinlogReader events;
    private volatile boolean closed;
    private volatile String failed;
    private volatile DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
    private volatile Throwable end;
    private final LongSupplier nanoTime;
    private long toldNanos;

    EngineReading(Properties properties, int serverId, BinlogReader events) {
        this(properties, serverId, events, System::nanoTime);
    }

    /** @param nanoTime a clock like {@link System#nanoTime} */
    EngineReading(Properties properties, int serverId, BinlogReader events, LongSupplier nanoTime) {
        this.properties = properties;
        this.serverId = serverId;
        this.events = events;
        this.nanoTime = nanoTime;
        this.toldNanos = nanoTime.getAsLong();
    }

    @Override
    public void run(BinlogSource.Reader reader) {
        engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void pollingStarted() {
                        reader.reading();
                    }

                    @Override
                    public void pollingStopped() {
                        reader.stopped();
                    }
                })
                .using((boolean success, String message, Throwable error) -> end = error)
                .notifying((batch, committer) -> {
                    for (ChangeEvent<SourceRecord, SourceRecord> polled : batch) {
                        take(TransportTask.events(polled.value()), reader);
                    }
                })
                .build();
        try {
            if (!closed) {
                engine.run();
            }
        } finally {
            engine = null;
        }
        if (failed != null) {
            throw new CaptureFailed(failed);
        }
        if (!closed) {
            throw failure();
        }
    }

    /** Nothing is taken once this has failed: the engine ends with the failure. */
    void take(List<RawEvent> raw, BinlogSource.Reader reader) throws InterruptedException {
        List<SourceEvent> batch = new ArrayList<>();
        int ended = -1;
        CaptureFailed unreadable = null;
        long begun = nanoTime.getAsLong();
        for (RawEvent event : raw) {
            int before = batch.size();
            try {
                events.read(event, batch);
            } catch (CaptureFailed e) {
                unreadable = e;
                batch.subList(before, batch.size()).clear();
                break;
            }
            if (events.hasEnded()) {
                ended = batch.size();
                // Statements take a moment each, as MySQL is asked about them: many of them are no silence.
                if (nanoTime.getAsLong() - begun > QUIET.toNanos()) {
                    give(batch, ended, reader);
                    batch = new ArrayList<>();
                    ended = -1;
                    begun = nanoTime.getAsLong();
                }
            }
        }
        give(batch, ended, reader);
        if (unreadable != null) {
            // What stands before it is given: it is no worse for what comes after.
            throw unreadable;
        }
    }

    /** @param ended where the last transaction ended in the batch; negative if none did */
    private void give(List<SourceEvent> batch, int ended, BinlogSource.Reader reader) throws InterruptedException {
        if (ended > 0 || (ended == 0 && (!batch.isEmpty() || isQuietEnough()))) {
            batch.add(ended, events.progress());
        }
        if (!batch.isEmpty() || isQuietEnough()) {
            reader.take(batch);
            toldNanos = nanoTime.getAsLong();
        }
    }

    private boolean isQuietEnough() {
        return nanoTime.getAsLong() - toldNanos > QUIET.toNanos();
    }

    private RuntimeException failure() {
        Throwable deepest = end;
        for (Throwable cause = end; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause instanceof CaptureFailed foreseen) {
                return ServerIdInUse.says(foreseen.getMessage())
                        ? new ServerIdTaken(ServerIdInUse.sentence(serverId))
                        : foreseen;
            }
            deepest = cause;
        }
        if (deepest == null) {
            return new CaptureFailed("Debezium's engine has ended by itself");
        }
        if (end instanceof RuntimeException unforeseen && !(deepest instanceof DebeziumException)) {
            return unforeseen;
        }
        LOG.warn("Debezium's engine has ended", end);
        return new CaptureFailed(
                "Debezium's engine has ended (" + deepest.getClass().getSimpleName() + ")", end);
    }

    @Override
    public void fail(String reason) {
        failed = reason;
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
}
