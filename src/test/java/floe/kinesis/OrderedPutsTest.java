package floe.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.health.Pulse;
import floe.metrics.CaptureMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
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
        Lines lines = new Lines();
        for (int i = 0; i < 2_000; i++) {
            add(lines, i % 50, "row " + i % 50 + " change " + i);
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

        Lines lines = new Lines();
        add(lines, 1, "a");
        add(lines, 2, "b");

        puts(4, 100).put(lines);

        assertThat(stored()).containsExactlyInAnyOrder("a", "b");
        assertThat(kinesis.counters().calls("PutRecords")).isGreaterThan(9);
    }

    @Test
    void moreLinesThanAFirstRecordOfEachLaneHoldsGoInOneCallUnderTheirPartitionKeys() throws Exception {
        Lines lines = lines(400, i -> i, i -> "0123456789");

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
        Lines lines = lines(10, i -> 1, i -> "0123456é");

        puts(4, 30).put(lines);

        assertThat(kinesis.records(STREAM))
                .extracting(stored -> stored.data().asByteArray().length)
                .containsExactly(30, 30, 30, 10);
    }

    @Test
    void oneByteOfPackingMeansOneLinePerRecord() throws Exception {
        Lines lines = new Lines();
        add(lines, 1, "a");
        add(lines, 1, "b");
        add(lines, 2, "c");

        puts(4, 1).put(lines);

        assertThat(kinesis.records(STREAM)).hasSize(3);
    }

    @Test
    void moreRecordsThanOneCallTakesGoInSeveral() throws Exception {
        Lines lines = lines(1_201, i -> i, i -> "line " + i);

        puts(1_201, 1).put(lines);

        assertThat(stored()).hasSize(1_201).doesNotHaveDuplicates();
        assertThat(kinesis.counters().calls("PutRecords")).isEqualTo(3);
    }

    @Test
    void moreBytesThanOneCallTakesGoInSeveral() throws Exception {
        String large = "x".repeat(900_000);
        Lines lines = lines(12, i -> i, i -> large);

        puts(12, 25_000).put(lines);

        assertThat(stored()).hasSize(12);
    }

    @Test
    void aLineThatFillsARecordToTheByteIsStoredAndOneMoreByteIsRefused() throws Exception {
        OrderedPuts puts = new OrderedPuts(
                kinesis.client(), STREAM, new PutLimits(1, 25_000, 1_000), new RunMarks(STREAM, 1), pulse(), meters());
        int room = 1_000 - "lane-0".length() - 1;

        puts.put(line(1, "x".repeat(room)));

        assertThat(stored()).hasSize(1);
        assertThatThrownBy(() -> puts.put(line(1, "x".repeat(room + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kinesis.record-bytes is 1000");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aStreamThatIsNotThereIsNamed() {
        OrderedPuts puts = new OrderedPuts(
                kinesis.client(),
                "absent",
                new PutLimits(1, 25_000, 1_000_000),
                new RunMarks("absent", 1),
                pulse(),
                meters());

        assertThatThrownBy(() -> puts.put(line(1, "a")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("absent");
    }

    private OrderedPuts puts(int lanes, int packBytes) {
        return new OrderedPuts(
                kinesis.client(),
                STREAM,
                new PutLimits(lanes, packBytes, 1_000_000),
                new RunMarks(STREAM, lanes),
                pulse(),
                meters());
    }

    private static CaptureMeters meters() {
        return new CaptureMeters(new SimpleMeterRegistry());
    }

    private static Pulse pulse() {
        return new Pulse("", System::nanoTime);
    }

    private static Lines lines(int count, IntUnaryOperator keyHash, IntFunction<String> text) {
        Lines lines = new Lines();
        for (int i = 0; i < count; i++) {
            add(lines, keyHash.applyAsInt(i), text.apply(i));
        }
        return lines;
    }

    private static Lines line(int keyHash, String text) {
        return lines(1, i -> keyHash, i -> text);
    }

    private static void add(Lines lines, int keyHash, String text) {
        lines.add(keyHash, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> text(Lines lines) {
        return new String(lines.bytes(), 0, lines.size(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private List<String> stored() {
        return kinesis.records(STREAM).stream()
                .map(StoredRecord::data)
                .flatMap(data -> data.asUtf8String().lines())
                .toList();
    }
}
