package floe.debezium;

import floe.capture.CaptureSettings;
import java.util.HashMap;
import java.util.Map;

/** The options of camel-debezium-mysql that the guarantees rest on. */
final class DebeziumOptions {

    /** A name that no schema has, as its characters are not allowed in one that comes by a file's name. */
    private static final String NO_DATABASE = "floe/none";

    private DebeziumOptions() {}

    /** The options, under camel-debezium-mysql's names. */
    static Map<String, String> of(CaptureSettings settings, String name) {
        Map<String, String> options = new HashMap<>();
        options.put("databaseHostname", settings.mysql().host());
        options.put("databasePort", String.valueOf(settings.mysql().port()));
        options.put("databaseUser", settings.mysql().user());
        options.put("databasePassword", settings.mysql().password());
        options.putAll(settings.mysql().tls().debeziumOptions());
        options.put("databaseServerId", String.valueOf(settings.serverId()));
        options.put("topicPrefix", name);
        // It has no table: it makes no row, no schema and no snapshot, and decodes nothing.
        options.put("databaseIncludeList", NO_DATABASE);
        options.put("tableIncludeList", NO_DATABASE + "\\..*");
        options.put("snapshotMode", "no_data");
        options.put("snapshotLockingMode", "none");
        options.put("skippedOperations", "c,u,d,t");
        options.put("includeSchemaChanges", "false");
        options.put("schemaHistoryInternal", NoHistory.class.getName());
        options.put("offsetStorage", GivenOffset.class.getName());
        // It is ended by an interrupt, which comes after this.
        options.put("executorShutdownTimeoutMs", "100");
        // A lost connection ends the engine, and so does each failure: only a start compares the server with the saved
        // one.
        options.put("connectKeepAlive", "false");
        options.put("errorsMaxRetries", "0");
        // MySQL's own heartbeat, which Debezium asks for at 0.8 of this interval: two of them in each of ours.
        options.put(
                "connectKeepAliveIntervalMs",
                String.valueOf(settings.heartbeat().toMillis() * 10 / 8 / 2));
        return options;
    }
}
