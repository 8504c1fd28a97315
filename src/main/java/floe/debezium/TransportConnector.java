package floe.debezium;

import io.debezium.connector.mysql.MySqlConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's MySQL connector with {@link TransportTask} as its task. Both are made by name. */
@SuppressWarnings("unchecked") // Debezium overrides a generic method of its own with a raw one.
public final class TransportConnector extends MySqlConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return TransportTask.class;
    }
}
