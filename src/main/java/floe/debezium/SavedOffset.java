package floe.debezium;

import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.state.StateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
 * Gives Debezium the offset that the {@link StateFile} holds. It is read only: capture itself writes the file, together
 * with epoch and position, once Kinesis has acknowledged a batch.
 */
public final class SavedOffset implements OffsetBackingStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StateFile file;

    @Override
    public void configure(WorkerConfig config) {
        file = new StateFile(Path.of(config.originalsStrings().get("offset.storage.file.filename")));
    }

    @Override
    public void start() {
        // Nothing to open.
    }

    @Override
    public void stop() {
        // Nothing to close.
    }

    /** The saved offset under every key asked for: one engine reads one server, so there is one. */
    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        try {
            var state = file.read();
            if (state.isPresent() && !state.get().offset().isEmpty()) {
                byte[] offset = JSON.writeValueAsBytes(state.get().offset());
                keys.forEach(key -> found.put(key, ByteBuffer.wrap(offset)));
            }
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
