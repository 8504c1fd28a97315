package floe.capture;

import floe.mysql.SourceServer;
import floe.state.CaptureState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Asks once more, now that the engine has connected, which server answers: a failover after the check before the start
 * would give positions of one server to another. It asks with the first batch and with the first change from the
 * binlog, for which the engine connects anew after a snapshot; a lost connection ends the engine.
 */
final class SameServer {

    private final CaptureSettings settings;
    private final CaptureState expected;
    private boolean asked;
    private boolean askedForBinlog;

    SameServer(CaptureSettings settings, CaptureState expected) {
        this.settings = settings;
        this.expected = expected;
    }

    /**
     * Called with each batch before its changes are taken.
     *
     * @throws CaptureFailed if another server answers, or none
     */
    void check(List<SourceEvent> batch) {
        boolean first = !asked;
        boolean firstOfBinlog = !askedForBinlog && batch.stream().anyMatch(SourceEvent::isFromBinlog);
        if (first || firstOfBinlog) {
            ask();
            asked = true;
            askedForBinlog |= firstOfBinlog;
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
