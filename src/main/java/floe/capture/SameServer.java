package floe.capture;

import floe.mysql.SourceServer;
import floe.state.CaptureState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Asks once more, now that the reading has connected, which server answers: a failover after the check before the start
 * would give positions of one server to another. It asks with the first batch; a lost connection ends the
 * reading.
 */
final class SameServer {

    private final CaptureSettings settings;
    private final CaptureState expected;
    private boolean asked;

    SameServer(CaptureSettings settings, CaptureState expected) {
        this.settings = settings;
        this.expected = expected;
    }

    /**
     * Called before each batch is taken.
     *
     * @throws CaptureFailed if another server answers, or none
     */
    void check() {
        if (!asked) {
            ask();
            asked = true;
        }
    }

    private void ask() {
        try (Connection connection = settings.mysql().connect()) {
            SourceServer now = SourceServer.read(connection);
            if (!expected.isOf(now.uuid(), now.binlogBaseName())) {
                throw new CaptureFailed("The MySQL server changed from " + expected.server() + " to " + now.uuid()
                        + " while capture was connecting");
            }
        } catch (SQLException e) {
            throw new CaptureFailed(e.getMessage(), e);
        }
    }
}
