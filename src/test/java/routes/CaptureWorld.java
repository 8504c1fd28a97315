package routes;

import floe.change.Change;
import floe.change.ChangeReader;
import floe.change.ChangeType;
import floe.change.Position;
import floe.change.RecordMark;
import floe.change.RowChange;
import floe.change.SnapshotChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import local.FloeSettings;
import local.kinesis.KinesisServer;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;

/** What capture talks to: a MySQL server and a stream. */
final class CaptureWorld implements AutoCloseable {

    static final String STREAM = "changes";

    final MySqlServer mysql;
    final KinesisServer kinesis = KinesisServer.start();

    private final Path state;

    /** @param state the folder that capture keeps its state in */
    CaptureWorld(Path state) throws IOException {
        this(state, MySqlSettings.defaults());
    }

    /** The same with other settings of MySQL. */
    CaptureWorld(Path state, MySqlSettings settings) throws IOException {
        this(state, new MySqlServer(settings).start());
    }

    /** The same with a server that runs, which is closed with this world. */
    CaptureWorld(Path state, MySqlServer mysql) throws IOException {
        this.mysql = mysql;
        this.state = state;
        kinesis.createStream(STREAM, 2);
    }

    /** Starts capture of {@code tables}, with {@code more} settings as key and value in turn. */
    CamelMainApplication capture(String tables, String... more) throws Exception {
        FloeSettings settings = new FloeSettings()
                        .withoutLoad()
                        .capture(mysql, tables, state)
                        .set("capture.longest-pause", "1s")
                        .set("capture.reread", "ask")
                        .stream(kinesis.endpoint(), STREAM);
        for (int i = 0; i < more.length; i += 2) {
            settings.set(more[i], more[i + 1]);
        }
        return new CamelMainApplication(settings.withAwsKeys());
    }

    /** The lines on the stream, shard by shard in order. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        kinesis.records(STREAM).forEach(stored -> stored.data()
                .asUtf8String()
                .lines()
                .filter(line -> !isMark(line))
                .forEach(lines::add));
        return lines;
    }

    private static boolean isMark(String line) {
        return new ChangeReader().read(line, Position.ofLine(0, 0, 0)) instanceof RecordMark;
    }

    /** The changes on the stream; of what is told of a snapshot its end, once of those for each lane. */
    List<Change> changes() {
        ChangeReader reader = new ChangeReader();
        return lines().stream()
                .map(line -> reader.read(line, Position.ofLine(0, 0, 0)))
                .filter(change ->
                        !(change instanceof SnapshotChange told) || told.mark().isLastLane())
                .toList();
    }

    /** The changes of rows on the stream. */
    List<RowChange> rowChanges() {
        return changes().stream()
                .filter(RowChange.class::isInstance)
                .map(RowChange.class::cast)
                .toList();
    }

    /** The snapshots that have ended. */
    List<Change> snapshotEnds() {
        return changes().stream()
                .filter(change -> change.type() == ChangeType.SNAPSHOT)
                .toList();
    }

    @Override
    public void close() {
        kinesis.close();
        mysql.close();
    }
}
