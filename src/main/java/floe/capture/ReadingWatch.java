package floe.capture;

import floe.health.Pulse;
import floe.mysql.BinlogReset;
import floe.state.SnapshotRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a reading every now and then: ends it when its connection is gone, which it does not notice by
 * itself, and when a new snapshot is asked for; and tells a snapshot that MySQL is still working on from one that hangs.
 */
final class ReadingWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingWatch.class);

    /** Statements of the same user on other connections; a server-side cursor is filled by Execute and read by Fetch. */
    private static final String AT_WORK =
            """
            SELECT STATE, TIME FROM information_schema.PROCESSLIST
            WHERE ID <> CONNECTION_ID() AND USER = SUBSTRING_INDEX(USER(), '@', 1)
              AND COMMAND IN ('Query', 'Execute', 'Fetch')
            ORDER BY TIME DESC LIMIT 1""";

    private final CaptureSettings settings;
    private final SnapshotRequest snapshotRequest;
    private final OneCapture one;
    private final BinlogSource.Reading reading;
    private final Pulse pulse;
    private final Silence silence;
    private final BinlogReset reset = new BinlogReset();
    private volatile boolean awaitsSnapshot;

    ReadingWatch(
            CaptureSettings settings,
            SnapshotRequest request,
            OneCapture one,
            BinlogSource.Reading reading,
            Pulse pulse) {
        this.settings = settings;
        this.snapshotRequest = request;
        this.one = one;
        this.reading = reading;
        this.pulse = pulse;
        this.silence = new Silence(settings.heartbeat(), System::nanoTime);
    }

    /** From now on something should come: heartbeats from the binlog; from a snapshot whatever MySQL takes its time for. */
    void listen(boolean inSnapshot) {
        awaitsSnapshot = inSnapshot;
        if (!inSnapshot) {
            silence.listen();
        }
    }

    /** Something has come, and nothing more needs to until it is stored. */
    void pause() {
        awaitsSnapshot = false;
        silence.pause();
    }

    @Override
    public void run() {
        try {
            // Also while nothing is saved: MySQL would end a silent connection, and its locks.
            one.check();
            if (snapshotRequest.isOpen()) {
                reading.close();
            } else if (silence.isTooLong()) {
                reading.fail("MySQL at " + settings.mysql().address() + " has sent nothing for "
                        + silence.longest().toSeconds() + " s, not even a heartbeat");
            } else if (!awaitsSnapshot) {
                lookForReset();
            } else if (pulse.sinceAlive().compareTo(silence.longest()) > 0) {
                askForSnapshot();
            }
        } catch (CaptureFailed e) {
            reading.fail(e.getMessage());
        } catch (RuntimeException e) {
            // It would end the watch.
            LOG.warn("The reading could not be looked after", e);
        }
    }

    private void lookForReset() {
        try (Connection connection = settings.mysql().connect()) {
            reset.since(connection).ifPresent(reading::fail);
        } catch (SQLException e) {
            LOG.debug("MySQL could not be asked whether its binlog was reset", e);
        }
    }

    private void askForSnapshot() {
        try (Connection connection = settings.mysql().connect();
                Statement statement = connection.createStatement();
                ResultSet atWork = statement.executeQuery(AT_WORK)) {
            if (atWork.next()) {
                pulse.waiting("a snapshot; MySQL still runs its statement, for " + atWork.getLong("TIME") + " s: "
                        + atWork.getString("STATE"));
            }
        } catch (SQLException e) {
            pulse.waiting("a snapshot; " + e.getMessage());
        }
    }
}
