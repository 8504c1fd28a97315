package floe.debezium;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.signal.actions.SignalAction;
import io.debezium.pipeline.signal.actions.SignalActionProvider;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.spi.Partition;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;

/**
 * Spares Debezium its own metrics of single changes: for each it makes a text with the row's key, kept for JMX, which
 * takes nearly half of the time that the engine has.
 *
 * <p>Debezium asks its providers of signal actions just after it has set its metrics up and before it reads the first
 * change. This one is named in {@code META-INF/services} and provides no action.
 */
public final class NoEventMetrics implements SignalActionProvider {

    @Override
    public <P extends Partition> Map<String, SignalAction<P>> createActions(
            EventDispatcher<P, ? extends DataCollectionId> dispatcher,
            ChangeEventSourceCoordinator<P, ?> coordinator,
            CommonConnectorConfig settings) {
        dispatcher.setEventListener(DataChangeEventListener.NO_OP());
        return Map.of();
    }
}
