package local.s3;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who is told of new objects: the event notifications of buckets, for {@code s3:ObjectCreated:*}. */
final class Notifications {
    private static final JsonMapper JSON = new JsonMapper();

    private record Listener(String bucket, String prefix, Consumer<String> queue) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    void add(String bucket, String prefix, Consumer<String> queue) {
        listeners.add(new Listener(bucket, prefix, queue));
    }

    /** @param how such as Put or Copy */
    void created(String bucket, String key, String how) {
        for (Listener listener : listeners) {
            if (listener.bucket().equals(bucket) && key.startsWith(listener.prefix())) {
                listener.queue().accept(event(bucket, key, how));
            }
        }
    }

    /** Source: "Event message structure" in the S3 user guide. */
    private static String event(String bucket, String key, String how) {
        ObjectNode message = JSON.createObjectNode();
        ObjectNode event = message.putArray("Records")
                .addObject()
                .put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", "us-east-1")
                .put("eventTime", Instant.now().toString())
                .put("eventName", "ObjectCreated:" + how);
        ObjectNode s3 = event.putObject("s3").put("s3SchemaVersion", "1.0");
        s3.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
        s3.putObject("object").put("key", URLEncoder.encode(key, StandardCharsets.UTF_8));
        return message.toString();
    }
}
