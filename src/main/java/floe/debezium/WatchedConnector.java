package floe.debezium;

import floe.change.TableId;
import io.debezium.connector.mysql.MySqlConnector;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.connector.Task;

/** Debezium's MySQL connector, whose task also tells what it would pass over. Both are made by name. */
@SuppressWarnings("unchecked") // What the connector inherits is.
public final class WatchedConnector extends MySqlConnector {

    /** What to set for Debezium, so that it runs this connector. */
    static Map<String, String> properties(Set<TableId> tables) {
        return Map.of(
                "connector.class",
                WatchedConnector.class.getName(),
                WatchedTask.TABLES,
                tables.stream().map(TableId::toString).collect(Collectors.joining(",")));
    }

    @Override
    public Class<? extends Task> taskClass() {
        return WatchedTask.class;
    }
}
