package floe.capture;

import floe.change.TablePatterns;
import floe.health.Patience;
import floe.mysql.MySqlConnection;
import floe.mysql.TableRules;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to capture, from where, and where to remember how far it got.
 *
 * @param mysql how the server is reached, as the user of capture
 * @param stream where the changes go: the name of the stream
 * @param tables the captured tables, those among them that there are
 * @param rules what is said of single tables
 * @param stateFolder holds the saved state, and what the source keeps beside it
 * @param rowBytes the largest event of rows to read, in bytes; each row of a larger one sets its table aside
 * @param snapshots how tables are read
 * @param onLostPosition what to do when the binlog does not go on from the saved state
 * @param longestPause between two starts of an engine that dies again and again
 */
public record CaptureSettings(
        MySqlConnection mysql,
        int serverId,
        String stream,
        TablePatterns tables,
        TableRules rules,
        Path stateFolder,
        int rowBytes,
        SnapshotSettings snapshots,
        OnLostPosition onLostPosition,
        Duration heartbeat,
        Duration laneHeartbeat,
        Duration longestPause) {

    /** The name of the file of the saved state. */
    public static final String STATE_FILE = "state.json";

    /** MySQL's greatest server id is 4,294,967,295; an int's range is enough to choose a free one from. */
    private static final int GREATEST_SERVER_ID = Integer.MAX_VALUE;

    /** MySQL's greatest max_allowed_packet. */
    private static final int GREATEST_ROW_BYTES = 1 << 30;

    /** What a process has that does not capture. */
    private static final CaptureSettings NONE = new CaptureSettings(
            MySqlConnection.none(),
            1,
            "",
            TablePatterns.parse(""),
            TableRules.NONE,
            Path.of(""),
            1,
            SnapshotSettings.NONE,
            OnLostPosition.STOP,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

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
        TablePatterns tables = tables(settings);
        // What writes to the stream asks for it; whoever only looks at MySQL needs none.
        String stream = settings.optional("kinesis.stream").orElse("");
        return new CaptureSettings(
                MySqlConnection.read(settings),
                serverId(settings, new CaptureName(stream, tables)),
                stream,
                tables,
                TableRules.read(settings),
                Path.of(settings.text("capture.state", "a folder that outlives the process")),
                settings.number("capture.row-bytes", 1024, GREATEST_ROW_BYTES),
                SnapshotSettings.read(settings),
                settings.oneOf("capture.on-lost-position", OnLostPosition.class),
                settings.duration("capture.heartbeat"),
                settings.duration("kinesis.heartbeat"),
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

    /**
     * The captured tables.
     *
     * @throws WrongSetting if there can be none, or an item of the list is wrong
     */
    public static TablePatterns tables(Settings settings) {
        String key = "capture.tables";
        String list = settings.text(key, TablePatterns.SHOULD);
        for (String item : TablePatterns.items(list)) {
            try {
                TablePatterns.parse(item);
            } catch (IllegalArgumentException e) {
                throw new WrongSetting(key, item, TablePatterns.SHOULD + ", none of MySQL's own schemas");
            }
        }
        TablePatterns tables = TablePatterns.parse(list);
        if (tables.isEmpty()) {
            throw new WrongSetting(key, list, "a list of some tables, and not only of tables to leave out");
        }
        return tables;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "capture of " + tables + " from " + mysql;
    }

    /** The name of the lock on the MySQL server that one capture of these tables to this stream has. */
    String lockName() {
        return new CaptureName(stream, tables).lock();
    }

    /** The file of the saved state. */
    public Path stateFile() {
        return stateFolder.resolve(STATE_FILE);
    }
}
