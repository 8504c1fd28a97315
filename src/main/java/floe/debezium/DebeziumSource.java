package floe.debezium;

import floe.capture.BinlogSource;
import floe.capture.CaptureFailed;
import floe.capture.CaptureSettings;
import floe.change.TableId;
import floe.mysql.SourceSchema;
import floe.state.CaptureState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.debezium.mysql.configuration.MySqlConnectorEmbeddedDebeziumConfiguration;

/** Reads with Debezium's engine. It keeps a history of the tables' definitions beside the saved state. */
final class DebeziumSource implements BinlogSource {

    private final CaptureSettings settings;
    private final MySqlConnectorEmbeddedDebeziumConfiguration debezium;
    private final SchemaHistoryFile history;

    DebeziumSource(CaptureSettings settings, MySqlConnectorEmbeddedDebeziumConfiguration debezium) {
        this.settings = settings;
        this.debezium = debezium;
        this.history = SchemaHistoryFile.in(settings.stateFolder());
    }

    @Override
    public Reading from(CaptureState start, Set<TableId> tables, Connection mysql) throws IOException, SQLException {
        Properties properties = debezium.createDebeziumConfiguration().asProperties();
        properties.putAll(FloatSelects.properties(SourceSchema.read(mysql, tables)));
        properties.putAll(WatchedConnector.properties(tables));
        properties.put(
                "table.include.list", DebeziumOptions.include(tables.stream().map(TableId::toString)));
        if (start.needsSnapshot()) {
            history.delete();
        } else if (history.exists()) {
            history.cutTornLine();
        } else {
            throw new CaptureFailed("The schema history " + history + " is missing; it should lie beside "
                    + settings.stateFile() + ". Restore it from a copy, or run floe snapshot");
        }
        return new EngineReading(properties, history);
    }
}
