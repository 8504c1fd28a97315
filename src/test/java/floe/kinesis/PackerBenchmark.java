package floe.kinesis;

import floe.health.Pulse;
import floe.metrics.CaptureMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** From event lines to the records of PutRecords calls, which are stored at once. */
@State(Scope.Benchmark)
public class PackerBenchmark {

    private static final int LINES = 8_192;

    private final Lines lines = new Lines();
    private final OrderedPuts puts = new OrderedPuts(
            new StoringAtOnce(),
            "changes",
            new PutLimits(64, 25_000, 1_000_000),
            new RunMarks("changes", 64),
            new Pulse("", System::nanoTime),
            new CaptureMeters(new SimpleMeterRegistry()));

    public PackerBenchmark() {
        for (int number = 0; number < LINES; number++) {
            String line = "{\"schema\":\"shop\",\"table\":\"orders" + number % 4 + "\",\"type\":\"" + number
                    + "x".repeat(350);
            lines.add(Integer.hashCode(number * 0x9E3779B9), line.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One line of about 400 bytes. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void pack() throws InterruptedException {
        puts.put(lines);
    }

    private static final class StoringAtOnce implements KinesisClient {

        private static final PutRecordsResultEntry STORED =
                PutRecordsResultEntry.builder().sequenceNumber("1").build();

        @Override
        public PutRecordsResponse putRecords(PutRecordsRequest request) {
            return PutRecordsResponse.builder()
                    .failedRecordCount(0)
                    .records(Collections.nCopies(request.records().size(), STORED))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
