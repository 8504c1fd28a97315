package floe.capture;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What to capture, from where, and where to remember how far it got.
 *
 * @param password never to be shown
 * @param stream where the changes go: the name of the stream
 * @param tables the captured tables; never empty
 * @param stateFolder holds the saved state, and what the source keeps beside it
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
        String stream,
        Set<TableId> tables,
        Path stateFolder,
        String snapshotLocking,
        OnLostPosition onLostPosition,
        Duration heartbeat,
        Duration longestPause) {

    /** MySQL's greatest server id is 4,294,967,295; an int's range is enough to choose a free one from. */
    private static final int GREATEST_SERVER_ID = Integer.MAX_VALUE;

    /** What a process has that does not capture. */
    private static final CaptureSettings NONE = new CaptureSettings(
            "",
            1,
            "",
            "",
            new MySqlTls(MySqlTls.Mode.PREFERRED, Optional.empty()),
            1,
            "",
            Set.of(),
            Path.of(""),
            "none",
            OnLostPosition.STOP,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

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
        Set<TableId> tables = tables(settings);
        // What writes to the stream asks for it; whoever only looks at MySQL needs none.
        String stream = settings.optional("kinesis.stream").orElse("");
        String host = settings.text("capture.host", "the host name of the MySQL server");
        return new CaptureSettings(
                host,
                settings.number("capture.port", 1, 65_535),
                settings.text("capture.user", "the name of a MySQL user with the privileges that the README lists"),
                settings.secret("capture.password", "that user's password"),
                MySqlTls.read(settings, host),
                serverId(settings, new CaptureName(stream, tables)),
                stream,
                tables,
                Path.of(settings.text("capture.state", "a folder that outlives the process")),
                lowerCase(settings.oneOf("capture.snapshot-locking", Locking.class)),
                settings.oneOf("capture.on-lost-position", OnLostPosition.class),
                settings.duration("capture.heartbeat"),
                settings.duration("capture.longest-pause"));
    }

    /** The same if this process captures; otherwise nothing is read, and nothing wrong. */
    public static CaptureSettings ofStage(Settings settings) {
        return settings.flag("capture.enabled") ? read(settings) : NONE;
    }

    private static int serverId(Settings settings, CaptureName name) {
        String key = "capture.server-id";
        return settings.optional(key).isPresent() ? settings.number(key, 1, GREATEST_SERVER_ID) : name.serverId();
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

    /** The name of the lock on the MySQL server that one capture of these tables to this stream has. */
    String lockName() {
        return new CaptureName(stream, tables).lock();
    }

    /** The file of the saved state. */
    public Path stateFile() {
        return stateFolder.resolve("state.json");
    }

    /**
     * A JDBC connection to the MySQL server, as the user of capture.
     *
     * @throws SQLException if there is none to be had; the message names server, user and reason
     */
    public Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /** The same with more properties of MySQL's JDBC driver, which count before those that Floe sets. */
    public Connection connect(Properties more) throws SQLException {
        Properties properties = tls.jdbcProperties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10000");
        properties.setProperty("socketTimeout", "60000");
        properties.putAll(more);
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
}
