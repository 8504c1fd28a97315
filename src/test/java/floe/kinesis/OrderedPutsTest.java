package floe.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.health.Pulse;
import floe.metrics.CaptureMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import local.http.RequestFault;
import local.kinesis.KinesisServer;
import local.kinesis.StoredRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

class OrderedPutsTest {

    private static final String STREAM = "changes";

    private KinesisServer kinesis;

    @BeforeEach
    void start() throws IOException {
        kinesis = KinesisServer.start();
        kinesis.createStream(STREAM, 4);
    }

    @AfterEach
    void stop() {
        kinesis.close();
    }

    @Test
    void linesOfOneRowStayInOrderWhileRecordsFail() throws Exception {
        kinesis.faults().seed(7).failRecords(0.5);
        List<KeyedLine> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add(line(i % 50, "row " + i % 50 + " change " + i));
        }

        puts(16, 100).put(lines);

        for (int row = 0; row < 50; row++) {
            String prefix = "row " + row + " ";
            assertThat(stored().stream().filter(line -> line.startsWith(prefix)))
                    .containsExactlyElementsOf(text(lines).stream()
                            .filter(line -> line.startsWith(prefix))
                            .toList());
        }
        assertThat(kinesis.counters().rejectedRecords()).isPositive();
    }

    @Test
    void callsThatFailAsAWholeAreMadeAgain() throws Exception {
        kinesis.faults().failNextRequests(RequestFault.FAILED, 9);

        puts(4, 100).put(List.of(line(1, "a"), line(2, "b")));

        assertThat(stored()).containsExactlyInAnyOrder("a", "b");
        assertThat(kinesis.counters().calls("PutRecords")).isGreaterThan(9);
    }

    @Test
    void moreLinesThanAFirstRecordOfEachLaneHoldsGoInOneCallUnderTheirPartitionKeys() throws Exception {
        List<KeyedLine> lines =
                IntStream.range(0, 400).mapToObj(i -> line(i, "0123456789")).toList();

        puts(4, 110).put(lines);

        assertThat(kinesis.counters().calls("PutRecords")).isEqualTo(1);
        assertThat(kinesis.records(STREAM).stream()
                        .map(StoredRecord::partitionKey)
                        .distinct())
                .containsExactlyInAnyOrder("lane-0", "lane-1", "lane-2", "lane-3");
        assertThat(stored()).hasSize(400);
    }

    @Test
    void linesThatWaitTogetherShareARecordUpToItsSize() throws Exception {
        List<KeyedLine> lines =
                IntStream.range(0, 10).mapToObj(i -> line(1, "0123456é")).toList();

        puts(4, 30).put(lines);

        assertThat(kinesis.records(STREAM))
                .extracting(stored -> stored.data().asByteArray().length)
                .containsExactly(30, 30, 30, 10);
    }

    @Test
    void oneByteOfPackingMeansOneLinePerRecord() throws Exception {
        puts(4, 1).put(List.of(line(1, "a"), line(1, "b"), line(2, "c")));

        assertThat(kinesis.records(STREAM)).hasSize(3);
    }

    @Test
    void moreRecordsThanOneCallTakesGoInSeveral() throws Exception {
        List<KeyedLine> lines =
                IntStream.range(0, 1_201).mapToObj(i -> line(i, "line " + i)).toList();

        puts(1_201, 1).put(lines);

        assertThat(stored()).hasSize(1_201).doesNotHaveDuplicates();
        assertThat(kinesis.counters().calls("PutRecords")).isEqualTo(3);
    }

    @Test
    void moreBytesThanOneCallTakesGoInSeveral() throws Exception {
        String large = "x".repeat(900_000);
        List<KeyedLine> lines =
                IntStream.range(0, 12).mapToObj(i -> line(i, large)).toList();

        puts(12, 25_000).put(lines);

        assertThat(stored()).hasSize(12);
    }

    @Test
    void aLineThatFillsARecordToTheByteIsStoredAndOneMoreByteIsRefused() throws Exception {
        OrderedPuts puts =
                new OrderedPuts(kinesis.client(), STREAM, new PutLimits(1, 25_000, 1_000), pulse(), meters());
        int room = 1_000 - "lane-0".length() - 1;

        puts.put(List.of(line(1, "x".repeat(room))));

        assertThat(stored()).hasSize(1);
        assertThatThrownBy(() -> puts.put(List.of(line(1, "x".repeat(room + 1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kinesis.record-bytes is 1000");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aStreamThatIsNotThereIsNamed() {
        OrderedPuts puts =
                new OrderedPuts(kinesis.client(), "absent", new PutLimits(1, 25_000, 1_000_000), pulse(), meters());

        assertThatThrownBy(() -> puts.put(List.of(line(1, "a"))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("absent");
    }

    private OrderedPuts puts(int lanes, int packBytes) {
        return new OrderedPuts(kinesis.client(), STREAM, new PutLimits(lanes, packBytes, 1_000_000), pulse(), meters());
    }

    private static CaptureMeters meters() {
        return new CaptureMeters(new SimpleMeterRegistry());
    }

    private static Pulse pulse() {
        return new Pulse("", System::nanoTime);
    }

    private static KeyedLine line(int keyHash, String text) {
        return new KeyedLine(keyHash, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> text(List<KeyedLine> lines) {
        return lines.stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8).stripTrailing())
                .toList();
    }

    private List<String> stored() {
        return kinesis.records(STREAM).stream()
                .map(StoredRecord::data)
                .flatMap(data -> data.asUtf8String().lines())
                .toList();
    }
}
