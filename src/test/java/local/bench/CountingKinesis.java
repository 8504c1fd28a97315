package local.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import local.http.Answer;
import local.http.LoopbackServer;
import local.http.Request;

/** An endpoint that takes PutRecords calls in CBOR, stores nothing, and counts; the stand-in would be the limit. */
final class CountingKinesis implements AutoCloseable {

    private static final CBORFactory CBOR = new CBORFactory();

    private final LoopbackServer http;
    private final Duration latency;
    private final Consumer<byte[]> listener;
    private long calls;
    private long records;
    private long rows;
    private long bytes;
    private long firstNanos;
    private long lastNanos;

    /**
     * @param latency after which a call is answered
     * @param listener is shown the data of each record when its call is answered
     */
    CountingKinesis(Duration latency, Consumer<byte[]> listener) throws IOException {
        this.latency = latency;
        this.listener = listener;
        http = LoopbackServer.start("counting-kinesis", 0, this::answer);
    }

    URI endpoint() {
        return http.endpoint();
    }

    synchronized long calls() {
        return calls;
    }

    synchronized long records() {
        return records;
    }

    /** Lines that are changes of rows. */
    synchronized long rows() {
        return rows;
    }

    /** Bytes of data in all records. */
    synchronized long bytes() {
        return bytes;
    }

    /** From the arrival of the first call to the answer of the last. */
    synchronized Duration busy() {
        return Duration.ofNanos(lastNanos - firstNanos);
    }

    private Answer answer(Request request) throws IOException, InterruptedException {
        synchronized (this) {
            if (calls == 0) {
                firstNanos = System.nanoTime();
            }
        }
        int stored = read(request.body());
        TimeUnit.NANOSECONDS.sleep(latency.toNanos());
        Answer answer = Answer.of(200, Map.of("Content-Type", "application/x-amz-cbor-1.1"), body(stored));
        synchronized (this) {
            calls++;
            lastNanos = System.nanoTime();
        }
        return answer;
    }

    private int read(byte[] request) throws IOException {
        int count = 0;
        try (JsonParser parser = CBOR.createParser(request)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
                    count(parser.getBinaryValue());
                    count++;
                }
            }
        }
        return count;
    }

    private void count(byte[] data) {
        int changes = 0;
        for (int i = 0; i < data.length - 9; i++) {
            // "type":"WriteRowsEvent", and so on.
            if (data[i] == 'R' && data[i + 1] == 'o' && data[i + 4] == 'E' && data[i + 9] == '"') {
                changes++;
            }
        }
        listener.accept(data);
        synchronized (this) {
            records++;
            bytes += data.length;
            rows += changes;
        }
    }

    private static byte[] body(int stored) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator cbor = CBOR.createGenerator(out)) {
            cbor.writeStartObject();
            cbor.writeNumberField("FailedRecordCount", 0);
            cbor.writeArrayFieldStart("Records");
            for (int i = 0; i < stored; i++) {
                cbor.writeStartObject();
                cbor.writeStringField("SequenceNumber", "49543463076548007577105092703039560359975228518395012686");
                cbor.writeStringField("ShardId", "shardId-000000000000");
                cbor.writeEndObject();
            }
            cbor.writeEndArray();
            cbor.writeEndObject();
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        http.close();
    }
}
