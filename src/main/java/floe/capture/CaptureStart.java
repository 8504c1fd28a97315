package floe.capture;

import floe.binlog.BinlogPlace;
import floe.change.TableId;
import floe.mysql.BinlogEnd;
import floe.mysql.BinlogHistory;
import floe.mysql.Finding;
import floe.mysql.SourceCheck;
import floe.mysql.SourceServer;
import floe.state.CaptureState;
import floe.state.SnapshotRequest;
import floe.state.StateFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens before each start of the engine: the source is checked, and the saved state is brought in line with the
 * server that answers now.
 */
final class CaptureStart {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureStart.class);

    private final CaptureSettings settings;
    private final StateFile stateFile;
    private final BinlogSource source;
    private final OneCapture one;

    /** @param one is taken first, so that no second capture reads the state */
    CaptureStart(CaptureSettings settings, StateFile stateFile, BinlogSource source, OneCapture one) {
        this.settings = settings;
        this.stateFile = stateFile;
        this.source = source;
        this.one = one;
    }

    /**
     * What comes next.
     *
     * @param state where from, already saved
     * @param tables those that are captured: without those that are set aside
     * @param reading the one that starts there
     */
    record Prepared(CaptureState state, Set<TableId> tables, BinlogSource.Reading reading) {}

    /**
     * Checks the source and brings the state in line with it.
     *
     * @throws CaptureFailed if MySQL is out of reach or cannot be copied as it is set up, or if the state
     *     cannot be read or written
     */
    Prepared prepare() {
        try (Connection connection = settings.connect()) {
            one.take();
            Map<TableId, String> setAside = checkSource(connection);
            Set<TableId> tables = new LinkedHashSet<>(settings.tables());
            tables.removeAll(setAside.keySet());
            SnapshotRequest request = SnapshotRequest.in(settings.stateFolder());
            boolean asked = request.isOpen();
            CaptureState state = stateOn(connection, asked);
            if (state.needsSnapshot()) {
                state = state.withoutOffset();
            }
            state = state.settingAside(setAside, place(state, connection));
            BinlogSource.Reading reading = source.from(state, tables, connection);
            state = state.capturing(tables, Instant.now());
            stateFile.write(state);
            if (asked) {
                request.close();
            }
            return new Prepared(state, tables, reading);
        } catch (SQLException | IOException e) {
            throw new CaptureFailed(e.getMessage(), e);
        }
    }

    /**
     * Why tables cannot be captured, by table: these are set aside, and the others go on.
     *
     * @throws CaptureFailed if the server stops all of them, or none is left
     */
    private Map<TableId, String> checkSource(Connection connection) throws SQLException {
        List<Finding> stops = new ArrayList<>();
        for (Finding finding : SourceCheck.run(connection, settings.tables())) {
            if (finding.severity() == Finding.Severity.STOP) {
                stops.add(finding);
            } else {
                LOG.warn("{}", finding);
            }
        }
        Map<TableId, String> setAside = stops.stream()
                .filter(finding -> finding.table() != null)
                .collect(Collectors.toMap(
                        Finding::table, Finding::toString, (one, other) -> one + "; " + other, LinkedHashMap::new));
        if (setAside.keySet().containsAll(settings.tables())) {
            throw new CaptureFailed(joined(stops.stream()));
        }
        if (stops.stream().anyMatch(finding -> finding.table() == null)) {
            throw new CaptureFailed(joined(stops.stream().filter(finding -> finding.table() == null)));
        }
        return setAside;
    }

    private static String joined(Stream<Finding> findings) {
        return findings.map(Finding::toString).collect(Collectors.joining("; "));
    }

    private static BinlogPlace place(CaptureState state, Connection connection) throws SQLException {
        Instant now = Instant.now();
        Optional<BinlogPlace> saved = state.place(now);
        if (saved.isPresent()) {
            return saved.get();
        }
        BinlogEnd end = BinlogEnd.read(connection);
        return new BinlogPlace(end.file(), end.offset(), null, now.toEpochMilli());
    }

    /** The saved state, in line with the server that answers. */
    private CaptureState stateOn(Connection connection, boolean snapshotAsked) throws IOException, SQLException {
        SourceServer server = SourceServer.read(connection);
        CaptureState saved =
                stateFile.read().orElseGet(() -> CaptureState.initial(server.uuid(), server.binlogBaseName()));
        boolean sameServer = saved.isOf(server.uuid(), server.binlogBaseName());
        CaptureState state = saved;
        if (!sameServer) {
            LOG.warn(
                    "The MySQL server is now {}, it was {}: positions start a new epoch",
                    server.uuid(),
                    saved.server());
            state = saved.onServer(server.uuid(), server.binlogBaseName())
                    .withEpoch(CaptureSession.nextEpoch(saved.epoch(), () -> System.currentTimeMillis() / 1000));
        }
        if (snapshotAsked) {
            LOG.info("A new snapshot was asked for: all tables are read again");
            return state.withoutOffset();
        }
        Optional<String> lost = whyLost(connection, state, sameServer);
        if (lost.isEmpty()) {
            return state;
        }
        if (settings.onLostPosition() == CaptureSettings.OnLostPosition.STOP) {
            throw new CaptureFailed(lost.get()
                    + ". Changes are missing: run floe snapshot, or set capture.on-lost-position to snapshot,"
                    + " which read all tables again, or bring back what MySQL had");
        }
        LOG.warn("{}: all tables are read again", lost.get());
        return state.withoutOffset();
    }

    private static Optional<String> whyLost(Connection connection, CaptureState state, boolean sameServer)
            throws SQLException {
        if (state.needsSnapshot() || !(state.offset().get("gtids") instanceof String gtids)) {
            return Optional.empty();
        }
        return sameServer
                        && state.offset().get("file") instanceof String file
                        && state.offset().get("pos") instanceof Number offset
                ? BinlogHistory.whyLost(connection, gtids, file, offset.longValue())
                : BinlogHistory.whyLost(connection, gtids);
    }
}
