package local.bench;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import local.http.LoopbackServer;

/**
 * An endpoint that takes PutRecords calls in CBOR, stores nothing, and counts; the stand-in would be the limit.
 *
 * <p>It shares the machine with what is measured: bodies are read into buffers that it keeps, and counted where they are.
 */
final class CountingKinesis implements AutoCloseable {

    private static final CBORFactory CBOR = new CBORFactory();
    private static final int BUFFER = 6 << 20;

    private final LoopbackServer http;
    private final Duration latency;
    private final PutBody.Data listener;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final Map<Integer, byte[]> answers = new ConcurrentHashMap<>();
    private long calls;
    private long records;
    private long rows;
    private long bytes;
    private long firstNanos;
    private long lastNanos;

    /**
     * @param latency after which a call is answered
     * @param listener is shown the data of each record before its call is answered, by several threads
     */
    CountingKinesis(Duration latency, PutBody.Data listener) throws IOException {
        this.latency = latency;
        this.listener = listener;
        http = LoopbackServer.startRaw("counting-kinesis", this::answer);
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

    private void answer(HttpExchange exchange) throws IOException {
        byte[] buffer = buffers.poll();
        if (buffer == null) {
            buffer = new byte[BUFFER];
        }
        // Closing an exchange that has no answer yet closes its connection.
        try (exchange) {
            synchronized (this) {
                if (calls == 0) {
                    firstNanos = System.nanoTime();
                }
            }
            int length = exchange.getRequestBody().readNBytes(buffer, 0, BUFFER);
            int stored = count(buffer, length);
            TimeUnit.NANOSECONDS.sleep(latency.toNanos());
            byte[] answer = answers.computeIfAbsent(stored, CountingKinesis::body);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-cbor-1.1");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            synchronized (this) {
                lastNanos = System.nanoTime();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            buffers.add(buffer);
        }
    }

    private int count(byte[] body, int length) throws IOException {
        var counted = new Object() {
            long rows;
            long bytes;
        };
        int stored = PutBody.forEach(body, length, (data, from, size) -> {
            counted.rows += ChangeLines.count(data, from, size);
            counted.bytes += size;
            listener.at(data, from, size);
        });
        synchronized (this) {
            calls++;
            records += stored;
            rows += counted.rows;
            bytes += counted.bytes;
        }
        return stored;
    }

    private static byte[] body(int stored) {
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
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        http.close();
    }
}
