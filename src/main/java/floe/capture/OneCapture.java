package floe.capture;

import floe.mysql.ServerIdInUse;
import floe.mysql.ServerLock;
import floe.state.FolderLock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one capture runs: in its state folder, of these tables to this stream, and with this server id. Whoever
 * comes second does not begin to read, says who was first, and asks again at its next start.
 *
 * <p>Between folders MySQL itself is asked, by locks of a connection that is kept for nothing else. The lock on the server id
 * is why the younger one gives way: MySQL would end the reading of the older one.
 *
 * <p>Safe for use by several threads.
 */
final class OneCapture implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OneCapture.class);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Added to the heartbeats that may be missed before MySQL gives the locks of a vanished process to another one. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final CaptureSettings settings;
    private final LongSupplier nanoTime;
    private FolderLock folder;
    private Connection mysql;
    private long connection;
    private long asked;

    /** @param nanoTime a clock like {@link System#nanoTime} */
    OneCapture(CaptureSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes what it does not have yet, before each start and before the state is read.
     *
     * @throws CaptureFailed with who was first, if another capture runs
     */
    synchronized void take() throws IOException, SQLException {
        takeFolder();
        if (mysql == null || !holds()) {
            endConnection();
            takeServer();
        }
        asked = nanoTime.getAsLong();
    }

    /**
     * To be called before each save and now and then besides; it asks MySQL once a second at most.
     *
     * @throws CaptureFailed if another capture may have begun
     */
    synchronized void check() {
        if (mysql == null || (nanoTime.getAsLong() - asked >= SECOND && !holds())) {
            endConnection();
            throw new CaptureFailed("The lock in MySQL that keeps a second capture away was lost with its connection");
        }
        if (nanoTime.getAsLong() - asked >= SECOND) {
            asked = nanoTime.getAsLong();
        }
    }

    /** Gives all back, when capture is stopped. */
    @Override
    public synchronized void close() {
        giveBack();
        if (folder != null) {
            try {
                folder.close();
            } catch (IOException e) {
                LOG.debug("The state folder was not given back in order", e);
            }
            folder = null;
        }
    }

    private void takeFolder() throws IOException {
        if (folder == null) {
            Path path = settings.stateFolder();
            folder = FolderLock.take(path)
                    .orElseThrow(() -> new CaptureFailed("Another capture has the state folder "
                            + path.toAbsolutePath() + ": " + holder(path)
                            + ". End one of them, or give each its own capture.state"));
        }
    }

    private static String holder(Path path) {
        try {
            return FolderLock.holder(path);
        } catch (IOException e) {
            return "another process";
        }
    }

    private void takeServer() throws SQLException {
        long former = connection;
        mysql = settings.mysql().connect();
        boolean taken = false;
        try {
            ServerLock.endAfter(mysql, silence());
            Optional<ServerLock.Holder> same = ServerLock.take(mysql, settings.lockName());
            if (same.isPresent()) {
                throw new CaptureFailed(
                        same.get().connection() == former ? notEndedYet(same.get()) : anotherCapture(same.get()));
            }
            Optional<ServerLock.Holder> sameId = ServerLock.take(mysql, serverIdLock());
            if (sameId.isPresent()) {
                throw new CaptureFailed(
                        sameId.get().connection() == former
                                ? notEndedYet(sameId.get())
                                : ServerIdInUse.sentence(settings.serverId(), sameId.get()));
            }
            connection = ServerLock.id(mysql);
            taken = true;
        } finally {
            if (!taken) {
                giveBack();
            }
        }
    }

    private Duration silence() {
        return GRACE.plus(settings.heartbeat().multipliedBy(3));
    }

    private String anotherCapture(ServerLock.Holder holder) {
        return "Another capture of the same tables writes to the stream " + settings.stream() + ", by its " + holder
                + " to MySQL: end one of them";
    }

    /**
     * A connection that is killed just as it falls silent stays until its time is up (seen on 8.0.12: its thread waits on a
     * socket that was closed before, and a second KILL does not wake it). Nobody else gets the lock meanwhile.
     */
    private String notEndedYet(ServerLock.Holder holder) {
        return "MySQL has not ended " + holder
                + " yet, which was lost and has the lock of this capture: it does so within "
                + silence().toSeconds() + " s of its last sign of life, and capture then goes on";
    }

    private boolean holds() {
        try {
            return ServerLock.holds(mysql, settings.lockName()) && ServerLock.holds(mysql, serverIdLock());
        } catch (SQLException e) {
            LOG.debug("The connection that holds the locks is gone", e);
            return false;
        }
    }

    private String serverIdLock() {
        return "floe-server-id:" + settings.serverId();
    }

    /** So that whoever asks next is not told of a connection that has ended. */
    private void giveBack() {
        if (mysql != null) {
            try {
                ServerLock.releaseAll(mysql);
            } catch (SQLException e) {
                LOG.debug("The locks end with their connection", e);
            }
            endConnection();
        }
    }

    private void endConnection() {
        if (mysql != null) {
            try {
                mysql.close();
            } catch (SQLException e) {
                LOG.debug("The connection had ended by itself", e);
            }
            mysql = null;
        }
    }
}
