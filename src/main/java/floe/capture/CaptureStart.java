package floe.capture;

import floe.binlog.BinlogPlace;
import floe.change.TableId;
import floe.mysql.BaseTables;
import floe.mysql.BinlogEnd;
import floe.mysql.BinlogHistory;
import floe.mysql.ExecutedGtids;
import floe.mysql.Finding;
import floe.mysql.SourceCheck;
import floe.mysql.SourceServer;
import floe.state.CaptureState;
import floe.state.ShapesFile;
import floe.state.StateFile;
import floe.state.TableSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What happens before each start of the engine: the source is checked, and the saved state is brought in line with the
 * server that answers now. What is to be said of that is logged once, not before each start.
 */
final class CaptureStart {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureStart.class);

    private final CaptureSettings settings;
    private final StateFile stateFile;
    private final BinlogSource binlog;
    private final ShapesFile shapes;
    private final OneCapture one;
    /** What is so before one start is so before the next. */
    private final Set<String> told = new HashSet<>();

    /** @param one is taken first, so that no second capture reads the state */
    CaptureStart(
            CaptureSettings settings, StateFile stateFile, BinlogSource binlog, ShapesFile shapes, OneCapture one) {
        this.settings = settings;
        this.stateFile = stateFile;
        this.binlog = binlog;
        this.shapes = shapes;
        this.one = one;
    }

    /**
     * What comes next.
     *
     * @param session which gives its events their positions; its state is saved
     * @param reading the one that starts there
     */
    record Prepared(CaptureSession session, BinlogSource.Reading reading) {}

    /**
     * Checks the source and brings the state in line with it.
     *
     * @param waitForEpoch returns when the clock is not behind it
     * @throws CaptureFailed if MySQL is out of reach or cannot be copied as it is set up, or if the state
     *     cannot be read or written
     */
    Prepared prepare(LongConsumer waitForEpoch) {
        try (Connection connection = settings.mysql().connect()) {
            one.take();
            Map<TableId, String> setAside = checkSource(connection, there(connection));
            // The file before the transactions: one committed in between stands in the file, or shows in the tables.
            String file = BinlogEnd.read(connection).file();
            String executed = ExecutedGtids.read(connection);
            // And the tables after both: one that is made later comes with its statement.
            Set<TableId> tables = there(connection);
            tables.removeAll(setAside.keySet());
            CaptureState state = stateOn(connection);
            boolean isNew = state.isNew();
            state = state.settingAside(setAside, place(state, connection))
                    .capturing(tables, gone(state, tables, setAside.keySet()), Instant.now())
                    .toldApartAnew(toldApartAnew(tables), Instant.now());
            CaptureSession session = new CaptureSession(state, () -> System.currentTimeMillis() / 1000);
            if (isNew) {
                tell(Level.INFO, "Nothing was read before: snapshots begin of " + TableId.some(tables));
                session.beginFirst(tables, file, executed, end(connection));
            } else if (!state.snapshots().isEmpty()) {
                List<TableId> open =
                        state.snapshots().stream().map(TableSnapshot::table).toList();
                tell(Level.INFO, "Snapshots go on of " + TableId.some(open));
            }
            BinlogSource.Reading reading =
                    binlog.from(new BinlogSource.Start(session.state(), settings.tables(), shapes::shape), connection);
            waitForEpoch.accept(session.state().epoch());
            // Before any event of the epoch can be seen: a run that fails in it must not give it out again.
            stateFile.write(session.state());
            return new Prepared(session, reading);
        } catch (SQLException | IOException e) {
            throw new CaptureFailed(e.getMessage(), e);
        }
    }

    private void tell(Level level, String line) {
        if (told.add(line)) {
            LOG.atLevel(level).log(line);
        }
    }

    /** Those that had another key by the settings of the last run. */
    private Set<TableId> toldApartAnew(Set<TableId> tables) {
        return tables.stream()
                .filter(table -> shapes.shape(table) != null)
                .filter(table -> shapes.shape(table).made() != null)
                .filter(table -> shapes.shape(table).made() != settings.rules().made(table))
                .collect(Collectors.toSet());
    }

    private Set<TableId> there(Connection connection) throws SQLException {
        return BaseTables.all(connection, settings.tables()::contains);
    }

    /** Those that were captured and are not there now: the binlog is about to say why. */
    private Set<TableId> gone(CaptureState state, Set<TableId> there, Set<TableId> setAside) {
        if (state.isNew() || state.captured() == null) {
            return Set.of();
        }
        Set<TableId> gone = new LinkedHashSet<>(state.captured().tables());
        gone.removeIf(table -> there.contains(table)
                || setAside.contains(table)
                || !settings.tables().contains(table));
        return gone;
    }

    /**
     * Why tables cannot be captured, by table: these are set aside, and the others go on. Names of the setting that no table
     * has are told.
     *
     * @throws CaptureFailed if the server stops all of them, or none is left
     */
    private Map<TableId, String> checkSource(Connection connection, Set<TableId> there) throws SQLException {
        Set<TableId> asked = new LinkedHashSet<>(there);
        asked.addAll(settings.tables().named());
        List<Finding> stops = new ArrayList<>();
        for (Finding finding : SourceCheck.run(connection, asked, settings.rules())) {
            if (finding.severity() == Finding.Severity.STOP) {
                stops.add(finding);
            }
            if (finding.severity() != Finding.Severity.STOP || isNotThere(finding, there)) {
                tell(Level.WARN, finding.toString());
            }
        }
        Map<TableId, String> setAside = stops.stream()
                .filter(finding -> there.contains(finding.table()))
                .collect(Collectors.toMap(
                        Finding::table, Finding::toString, (one, other) -> one + "; " + other, LinkedHashMap::new));
        if (stops.stream().anyMatch(finding -> finding.table() == null)) {
            throw new CaptureFailed(joined(stops.stream().filter(finding -> finding.table() == null)));
        }
        if (setAside.keySet().containsAll(there)) {
            throw new CaptureFailed(
                    stops.isEmpty()
                            ? "No table is there that capture.tables asks for (" + settings.tables() + ")"
                            : joined(stops.stream()));
        }
        return setAside;
    }

    private static boolean isNotThere(Finding finding, Set<TableId> there) {
        return finding.table() != null && !there.contains(finding.table());
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
        return end(connection);
    }

    private static BinlogPlace end(Connection connection) throws SQLException {
        BinlogEnd end = BinlogEnd.read(connection);
        return new BinlogPlace(end.file(), end.offset(), null, System.currentTimeMillis());
    }

    /** The saved state, in line with the server that answers. */
    private CaptureState stateOn(Connection connection) throws IOException, SQLException {
        SourceServer server = SourceServer.read(connection);
        CaptureState saved =
                stateFile.read().orElseGet(() -> CaptureState.initial(server.uuid(), server.binlogBaseName()));
        boolean sameServer = saved.isOf(server.uuid(), server.binlogBaseName());
        if (!sameServer) {
            tell(
                    Level.WARN,
                    "MySQL at " + settings.mysql().address() + " is now the server " + server.uuid() + ", it was "
                            + saved.server() + ": unless that is a failover, see to capture.host");
        }
        if (saved.isNew()) {
            return saved.anew(server.uuid(), server.binlogBaseName());
        }
        Optional<String> lost = whyLost(connection, saved, sameServer);
        if (lost.isEmpty()) {
            return sameServer ? saved : onServer(connection, saved, server);
        }
        if (settings.onLostPosition() == CaptureSettings.OnLostPosition.STOP) {
            throw new CaptureFailed(lost.get()
                    + ". Changes are missing: run floe snapshot, or set capture.on-lost-position to snapshot,"
                    + " which read all tables again, or bring back what MySQL had");
        }
        tell(
                Level.WARN,
                lost.get()
                        + ": all tables are read again, as capture.on-lost-position is snapshot; nothing is to be done");
        return saved.anew(server.uuid(), server.binlogBaseName());
    }

    private static CaptureState onServer(Connection connection, CaptureState saved, SourceServer server)
            throws SQLException {
        String file = BinlogHistory.fileAfter(
                        connection, (String) saved.offset().get("gtids"))
                .orElseThrow(() -> new CaptureFailed("The MySQL server " + server.uuid()
                        + " has purged the binlog that goes" + " on after what was read from " + saved.server()
                        + ". Bring it back, or run floe snapshot"));
        return saved.onServer(server.uuid(), server.binlogBaseName(), file, end(connection));
    }

    private static Optional<String> whyLost(Connection connection, CaptureState state, boolean sameServer)
            throws SQLException {
        if (!(state.offset().get("gtids") instanceof String gtids)) {
            return Optional.empty();
        }
        return sameServer
                        && !state.isAhead()
                        && state.offset().get("file") instanceof String file
                        && state.offset().get("pos") instanceof Number offset
                ? BinlogHistory.whyLost(connection, gtids, file, offset.longValue())
                : BinlogHistory.whyLost(connection, gtids);
    }
}
