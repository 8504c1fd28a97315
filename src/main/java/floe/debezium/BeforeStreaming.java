package floe.debezium;

import io.debezium.config.Configuration;
import io.debezium.service.spi.ServiceRegistry;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.snapshot.SnapshotterServiceProvider;
import io.debezium.spi.snapshot.Snapshotter;

/** Has something done each time Debezium asks for its snapshotter, as it does last of all before it connects. */
final class BeforeStreaming extends SnapshotterServiceProvider {

    private final Runnable action;

    BeforeStreaming(Runnable action) {
        this.action = action;
    }

    @Override
    public SnapshotterService createService(Configuration configuration, ServiceRegistry registry) {
        SnapshotterService service = super.createService(configuration, registry);
        return new SnapshotterService(service.getSnapshotter(), service.getSnapshotQuery(), service.getSnapshotLock()) {
            @Override
            public Snapshotter getSnapshotter() {
                action.run();
                return super.getSnapshotter();
            }
        };
    }
}
