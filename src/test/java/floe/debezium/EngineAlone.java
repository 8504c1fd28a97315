package floe.debezium;

import floe.capture.CaptureSettings;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import local.bench.Limit;
import org.apache.camel.component.debezium.mysql.DebeziumMySqlEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.connect.source.SourceRecord;

/** Debezium's engine with the options of capture, whose records are counted and thrown away. */
public final class EngineAlone {

    private final long expected;
    private final CountDownLatch done = new CountDownLatch(1);
    private long rows;
    private long firstNanos;
    private long lastNanos;

    private EngineAlone(long expected) {
        this.expected = expected;
    }

    /**
     * Reads until so many changes of rows have come, and prints the seconds from the first to the last.
     *
     * @param arguments a file with the settings of capture, whose state says where to begin; the number of changes
     */
    public static void main(String... arguments) throws Exception {
        local.ConsoleLog.start();
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(file);
        }
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setOverrideProperties(settings);
            Map<String, Object> options = new HashMap<>(
                    DebeziumOptions.of(CaptureSettings.read(new Settings(new CamelLookup(camel))), "floe"));
            // As application.properties sets them.
            options.put("maxBatchSize", "8192");
            options.put("maxQueueSize", "16384");
            options.put("maxQueueSizeInBytes", "33554432");
            var endpoint = (DebeziumMySqlEndpoint)
                    camel.getComponent("debezium-mysql").createEndpoint("debezium-mysql:floe", options);
            new EngineAlone(Long.parseLong(arguments[1]))
                    .run(endpoint.getConfiguration()
                            .createDebeziumConfiguration()
                            .asProperties());
        }
    }

    private void run(Properties properties) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (var engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .using((success, message, failure) -> {
                    if (!success) {
                        throw new IllegalStateException(message, failure);
                    }
                })
                .notifying((batch, committer) -> batch.forEach(this::count))
                .build()) {
            thread.execute(engine);
            done.await();
        }
        thread.shutdown();
        Limit.tell((lastNanos - firstNanos) / 1e9);
    }

    private void count(ChangeEvent<SourceRecord, SourceRecord> event) {
        if (SourceRecords.isRow(event.value())) {
            if (rows == 0) {
                firstNanos = System.nanoTime();
            }
            rows++;
            if (rows == expected) {
                lastNanos = System.nanoTime();
                done.countDown();
            }
        }
    }
}
