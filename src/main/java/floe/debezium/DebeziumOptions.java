package floe.debezium;

import floe.capture.CaptureSettings;
import floe.change.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of camel-debezium-mysql that the guarantees rest on. */
final class DebeziumOptions {

    private DebeziumOptions() {}

    /** The options, under camel-debezium-mysql's names. */
    static Map<String, String> of(CaptureSettings settings, String name) {
        Map<String, String> options = new HashMap<>();
        options.put("databaseHostname", settings.host());
        options.put("databasePort", String.valueOf(settings.port()));
        options.put("databaseUser", settings.user());
        options.put("databasePassword", settings.password());
        options.putAll(settings.tls().debeziumOptions());
        options.put("databaseServerId", String.valueOf(settings.serverId()));
        options.put("topicPrefix", name);
        options.put("databaseIncludeList", include(settings.tables().stream().map(TableId::schema)));
        options.put("tableIncludeList", include(settings.tables().stream().map(TableId::toString)));
        options.put("offsetStorage", SavedOffset.class.getName());
        options.put("offsetStorageFileName", settings.stateFile().toString());
        options.put("schemaHistoryInternal", "io.debezium.storage.file.history.FileSchemaHistory");
        options.put(
                "schemaHistoryInternalFileFilename",
                SchemaHistoryFile.in(settings.stateFolder()).toString());
        options.put("schemaHistoryInternalStoreOnlyCapturedTablesDdl", "true");
        // A lost connection ends the engine, and so does each failure: only a start compares the server with the saved
        // one.
        options.put("connectKeepAlive", "false");
        options.put("errorsMaxRetries", "0");
        // MySQL's own heartbeat, which Debezium asks for at 0.8 of this interval: two of them in each of ours.
        options.put(
                "connectKeepAliveIntervalMs",
                String.valueOf(settings.heartbeat().toMillis() * 10 / 8 / 2));
        options.put("snapshotMode", "initial");
        options.put("snapshotLockingMode", settings.snapshotLocking());
        // The offset moves while only other tables change, or binlog files that it needs would be purged.
        options.put("heartbeatIntervalMs", String.valueOf(settings.heartbeat().toMillis()));
        // Nothing is skipped: by default truncations are.
        options.put("skippedOperations", "none");
        options.put("includeSchemaChanges", "true");
        options.put("tombstonesOnDelete", "false");
        options.put("decimalHandlingMode", "precise");
        options.put("bigintUnsignedHandlingMode", "precise");
        options.put("datatypePropagateSourceType", ".+");
        options.put("converters", "temporal");
        options.put("additionalProperties.temporal.type", TemporalValues.class.getName());
        options.put("databaseJdbcDriver", SourceDriver.class.getName());
        // TIMESTAMP as UTC, whatever time zone the server is set to.
        options.put("additionalProperties.driver.connectionTimeZone", "UTC");
        options.put("additionalProperties.driver.forceConnectionTimeZoneToSession", "true");
        return options;
    }

    /** Names as the regular expressions that Debezium wants, matching just these names. */
    static String include(Stream<String> names) {
        return names.distinct().map(name -> name.replaceAll("\\W", "\\\\$0")).collect(Collectors.joining(","));
    }
}
