package floe.debezium;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;

/**
 * Tells Debezium that it has read as far as the place where the reading begins, without the GTIDs. It stores nothing: what
 * Floe saves itself is what counts.
 */
public final class GivenOffset implements OffsetBackingStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Map<String, String> properties;

    @Override
    public void configure(WorkerConfig config) {
        properties = config.originalsStrings();
    }

    @Override
    public void start() {
        // Nothing to open.
    }

    @Override
    public void stop() {
        // Nothing to close.
    }

    /** The offset under every key asked for: one engine reads one server, so there is one. */
    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        try {
            byte[] offset = JSON.writeValueAsBytes(Map.of(
                    "file",
                    properties.get(TransportTask.FILE),
                    "pos",
                    Long.valueOf(properties.get(TransportTask.OFFSET))));
            keys.forEach(key -> found.put(key, ByteBuffer.wrap(offset)));
        } catch (IOException e) {
            throw new ConnectException(e.getMessage(), e);
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        if (callback != null) {
            callback.onCompletion(null, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }
}
