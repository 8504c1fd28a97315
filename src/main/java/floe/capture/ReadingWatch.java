package floe.capture;

import floe.health.Silence;
import floe.mysql.BinlogReset;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a reading every now and then: ends it when its connection is gone, or the binlog was
 * begun anew, neither of which it notices by itself.
 */
final class ReadingWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingWatch.class);

    private final CaptureSettings settings;
    private final OneCapture one;
    private final BinlogSource.Reading reading;
    private final Silence silence;
    private final BinlogReset reset = new BinlogReset();

    ReadingWatch(CaptureSettings settings, OneCapture one, BinlogSource.Reading reading) {
        this.settings = settings;
        this.one = one;
        this.reading = reading;
        this.silence = new Silence(settings.heartbeat(), System::nanoTime);
    }

    /** From now on something should come: heartbeats at least. */
    void listen() {
        silence.listen();
    }

    /** Something has come, and nothing more needs to until it is stored. */
    void pause() {
        silence.pause();
    }

    @Override
    public void run() {
        try {
            // Also while nothing is saved: MySQL would end a silent connection, and its locks.
            one.check();
            if (silence.isTooLong()) {
                reading.fail("MySQL at " + settings.mysql().address() + " has sent nothing for "
                        + silence.longest().toSeconds() + " s, not even a heartbeat");
            } else {
                lookForReset();
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
}
