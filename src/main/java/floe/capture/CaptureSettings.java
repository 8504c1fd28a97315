package floe.capture;

import floe.debezium.SavedOffset;
import floe.debezium.SourceDriver;
import floe.debezium.TemporalValues;
import floe.change.TableId;
import floe.health.Patience;
import floe.mysql.MySqlTls;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to capture, from where, and where to remember how far it got.
 *
 * @param password never to be shown
 * @param tables the captured tables; never empty
 * @param stateFolder holds the saved state and Debezium's schema history
 * @param onLostPosition what to do when the binlog does not go on from the saved state
 * @param longestPause between two starts of an engine that dies again and again
 */
public record CaptureSettings(
        String host,
        int port,
        String user,
        String password,
        MySqlTls tls,
        int serverId,
        Set<TableId> tables,
        Path stateFolder,
        String snapshotLocking,
        OnLostPosition onLostPosition,
        Duration heartbeat,
        Duration longestPause) {

    /** MySQL's greatest server id is 4,294,967,295; an int's range is enough to choose a free one from. */
    private static final int GREATEST_SERVER_ID = Integer.MAX_VALUE;

    /** What capture.snapshot-locking may hold. */
    enum Locking {
        NONE,
        MINIMAL
    }

    /** What capture.on-lost-position may hold. */
    enum OnLostPosition {
        STOP,
        SNAPSHOT
    }

    /**
     * Reads the settings under {@code capture}.
     *
     * @throws WrongSetting if one is missing or wrong
     */
    public static CaptureSettings read(Settings settings) {
        Patience.blockedLongerThan(settings, "capture.heartbeat");
        Patience.stalledLongerThan(settings, "capture.longest-pause");
        String host = settings.text("capture.host", "the host name of the MySQL server");
        return new CaptureSettings(
                host,
                settings.number("capture.port", 1, 65_535),
                settings.text("capture.user", "the name of a MySQL user with the privileges that the README lists"),
                settings.secret("capture.password", "that user's password"),
                MySqlTls.read(settings, host),
                settings.number("capture.server-id", 1, GREATEST_SERVER_ID),
                tables(settings),
                Path.of(settings.text("capture.state", "a folder that outlives the process")),
                lowerCase(settings.oneOf("capture.snapshot-locking", Locking.class)),
                settings.oneOf("capture.on-lost-position", OnLostPosition.class),
                settings.duration("capture.heartbeat"),
                settings.duration("capture.longest-pause"));
    }

    private static String lowerCase(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static Set<TableId> tables(Settings settings) {
        String should = "a comma-separated list of tables, each schema.table as MySQL spells them";
        List<String> names = settings.list("capture.tables", should);
        Set<TableId> tables = new LinkedHashSet<>();
        for (String name : names) {
            try {
                tables.add(TableId.parse(name));
            } catch (IllegalArgumentException e) {
                throw new WrongSetting("capture.tables", name, should);
            }
        }
        return tables;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "capture of " + tables + " from " + host + ":" + port + " as " + user;
    }

    /** The file of the saved state. */
    Path stateFile() {
        return stateFolder.resolve("state.json");
    }

    /** Debezium's file of table definitions. */
    Path schemaHistoryFile() {
        return stateFolder.resolve("schema-history.jsonl");
    }

    /**
     * A JDBC connection to the MySQL server, as the user of capture.
     *
     * @throws SQLException if there is none to be had; the message names server, user and reason
     */
    public Connection connect() throws SQLException {
        Properties properties = tls.jdbcProperties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10000");
        properties.setProperty("socketTimeout", "60000");
        try {
            return DriverManager.getConnection("jdbc:mysql://" + host + ":" + port + "/", properties);
        } catch (SQLException e) {
            throw new SQLException(
                    "MySQL at " + host + ":" + port + " does not answer as user " + user + ": " + tls.explain(e),
                    e.getSQLState(),
                    e.getErrorCode(),
                    e);
        }
    }

    /** The options of camel-debezium-mysql, under its names, that the guarantees rest on. */
    public Map<String, String> debeziumOptions(String name) {
        Map<String, String> options = new HashMap<>();
        options.put("databaseHostname", host);
        options.put("databasePort", String.valueOf(port));
        options.put("databaseUser", user);
        options.put("databasePassword", password);
        options.putAll(tls.debeziumOptions());
        options.put("databaseServerId", String.valueOf(serverId));
        options.put("topicPrefix", name);
        options.put("databaseIncludeList", include(tables.stream().map(TableId::schema)));
        options.put("tableIncludeList", include(tables.stream().map(TableId::toString)));
        options.put("offsetStorage", SavedOffset.class.getName());
        options.put("offsetStorageFileName", stateFile().toString());
        options.put("schemaHistoryInternal", "io.debezium.storage.file.history.FileSchemaHistory");
        options.put("schemaHistoryInternalFileFilename", schemaHistoryFile().toString());
        options.put("schemaHistoryInternalStoreOnlyCapturedTablesDdl", "true");
        // A lost connection ends the engine, and so does each failure: only a start compares the server with the saved
        // one.
        options.put("connectKeepAlive", "false");
        options.put("errorsMaxRetries", "0");
        // MySQL's own heartbeat, which Debezium asks for at 0.8 of this interval: two of them in each of ours.
        options.put("connectKeepAliveIntervalMs", String.valueOf(heartbeat.toMillis() * 10 / 8 / 2));
        options.put("snapshotMode", "initial");
        options.put("snapshotLockingMode", snapshotLocking);
        // The offset moves while only other tables change, or binlog files that it needs would be purged.
        options.put("heartbeatIntervalMs", String.valueOf(heartbeat.toMillis()));
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
    private static String include(Stream<String> names) {
        return names.distinct().map(name -> name.replaceAll("\\W", "\\\\$0")).collect(Collectors.joining(","));
    }
}
