package floe.debezium;

import floe.binlog.BinlogPlace;
import floe.binlog.GtidSet;
import floe.binlog.TableLayouts;
import floe.capture.BinlogSource;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.change.TableShape;
import floe.mysql.Collations;
import floe.mysql.ExecutedGtids;
import floe.mysql.SourceServer;
import floe.state.CaptureState;
import floe.state.Divergence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.debezium.mysql.configuration.MySqlConnectorEmbeddedDebeziumConfiguration;

/** Reads the binlog with Debezium's engine underneath. */
final class DebeziumSource implements BinlogSource {

    private static final long GREATEST_OFFSET = 0xffff_ffffL;

    private final CaptureSettings settings;
    private final MySqlConnectorEmbeddedDebeziumConfiguration debezium;

    DebeziumSource(CaptureSettings settings, MySqlConnectorEmbeddedDebeziumConfiguration debezium) {
        this.settings = settings;
        this.debezium = debezium;
    }

    @Override
    public Reading from(Start start, Connection mysql) throws SQLException {
        Map<String, Object> offset = start.state().offset();
        // MySQL cannot begin beyond 4 GB of a file: what was read already is passed over by its GTIDs.
        long begin = ((Number) offset.get("pos")).longValue();
        Properties properties = debezium.createDebeziumConfiguration().asProperties();
        properties.put("connector.class", TransportConnector.class.getName());
        properties.put(TransportTask.FILE, offset.get("file"));
        properties.put(
                TransportTask.OFFSET, String.valueOf(begin > GREATEST_OFFSET ? BinlogPlace.FIRST_OFFSET : begin));
        properties.put(TransportTask.MOST_BYTES, String.valueOf(settings.rowBytes()));
        Collations collations = Collations.read(mysql);
        Map<TableId, TableShape> atStart = new HashMap<>();
        CaptureState state = start.state();
        settings.rules()
                .find(mysql, state.captured().tables())
                .forEach((table, found) -> atStart.put(table, found.shape()));
        Tables tables = new Tables(
                new SourceDefinitions(settings),
                new TableLayouts(collations::charset),
                start.shapes(),
                atStart,
                GtidSet.parse(ExecutedGtids.read(mysql)));
        return new EngineReading(
                properties,
                settings.serverId(),
                new BinlogReader(
                        new CurrentTables(
                                start.tables(),
                                state.captured().tables(),
                                state.diverged().entries().stream()
                                        .filter(Divergence::isSetAside)
                                        .map(Divergence::table)
                                        .toList()),
                        GtidSet.parse((String) offset.getOrDefault("gtids", "")),
                        tables,
                        collations::charset,
                        SourceServer.tellsCaseApart(mysql),
                        settings.rowBytes()));
    }
}
