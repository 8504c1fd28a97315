package local.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import local.http.RequestFault;
import local.kinesis.KinesisServer;
import local.s3.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

class DeliveryStreamTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int UNREACHABLE = Integer.MAX_VALUE;

    private static S3Server s3;
    private KinesisServer kinesis;
    private DeliveryStream firehose;

    @BeforeAll
    static void startS3() throws Exception {
        s3 = S3Server.start();
    }

    @AfterAll
    static void stopS3() {
        s3.close();
    }

    @BeforeEach
    void startKinesis() throws IOException {
        kinesis = KinesisServer.start();
        kinesis.createStream("changes", 4);
        s3.createBucket("staging");
    }

    @AfterEach
    void stop() {
        s3.faults().clear();
        firehose.close();
        kinesis.close();
        keys().forEach(key -> s3.client().deleteObject(r -> r.bucket("staging").key(key)));
    }

    @Test
    void objectIsWrittenWhenTheBufferIsFull() {
        start(Destination.bucket("staging").buffering(100, NEVER));

        put(Collections.nCopies(25, "x".repeat(10)));

        await().untilAsserted(() -> assertThat(keys()).hasSize(2));
        assertThat(keys()).allSatisfy(key -> assertThat(lines(key)).hasSize(10));
        // Counted once S3 has answered, a moment after the object is there.
        await().untilAsserted(
                        () -> assertThat(firehose.counters().recordsStored()).isEqualTo(20));
    }

    @Test
    void objectIsWrittenWhenTheBufferIsOldEnough() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, Duration.ofMillis(300)));
        Instant before = Instant.now();

        putInOneLane(List.of("a", "b"));

        await().untilAsserted(() -> assertThat(keys()).hasSize(1));
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(300));
        assertThat(text(keys().get(0))).isEqualTo("a\nb\n");
    }

    @Test
    void recordsRunTogetherWithoutTheDelimiter() {
        start(Destination.bucket("staging")
                .buffering(UNREACHABLE, Duration.ofMillis(300))
                .appendDelimiter(false));

        putInOneLane(List.of("a", "b\n", "c"));

        await().untilAsserted(() -> assertThat(keys()).hasSize(1));
        assertThat(text(keys().get(0))).isEqualTo("ab\nc");
    }

    @Test
    void objectsAreCompressedOnRequest() {
        start(Destination.bucket("staging").gzip(true).buffering(UNREACHABLE, Duration.ofMillis(300)));

        put(Collections.nCopies(100, "x".repeat(100)));

        await().untilAsserted(() -> assertThat(keys()).hasSize(1));
        assertThat(keys().get(0)).endsWith(".gz");
        assertThat(text(keys().get(0))).hasSize(100 * 101);
        assertThat(firehose.counters().bytes()).isBetween(10L, 1_000L);
    }

    @Test
    void keyTellsWhenTheOldestRecordArrived() {
        start(Destination.bucket("staging").prefix("in/").buffering(UNREACHABLE, Duration.ofMillis(1_200)));

        put(List.of("a"));

        await().untilAsserted(() -> assertThat(keys()).hasSize(1));
        Instant arrival = kinesis.records("changes").get(0).approximateArrival();
        assertThat(keys().get(0))
                .startsWith("in/" + utc("yyyy/MM/dd/HH", arrival) + "/floe-1-" + utc("yyyy-MM-dd-HH-mm-ss", arrival))
                .matches(".*-\\d\\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    }

    @Test
    void allShardsAreFollowedFromTheirFirstRecord() {
        put(numbers(0, 500));
        start(Destination.bucket("staging").buffering(UNREACHABLE, Duration.ofMillis(100)));

        put(numbers(500, 1_000));

        await().untilAsserted(() -> assertThat(delivered()).containsExactlyInAnyOrderElementsOf(numbers(0, 1_000)));
    }

    @Test
    void closingWritesWhatIsBuffered() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, NEVER));
        put(numbers(0, 100));
        await().until(() -> firehose.counters().recordsRead() == 100);

        firehose.close();

        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    }

    @Test
    void flushWritesWhatIsBuffered() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, NEVER));
        put(numbers(0, 100));
        await().until(() -> firehose.counters().recordsRead() == 100);

        firehose.flush();

        await().until(() -> firehose.counters().recordsStored() == 100);
    }

    @Test
    void killedStreamWritesNothingMore() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, NEVER));
        put(numbers(0, 100));
        await().until(() -> firehose.counters().recordsRead() == 100);

        firehose.kill();
        firehose.close();

        assertThat(keys()).isEmpty();
    }

    @Test
    void killedStreamGivesUpWhatIsUnderWay() {
        s3.faults().failRequests(RequestFault.THROTTLED, 1);
        start(Destination.bucket("staging").buffering(1, NEVER));
        put(numbers(0, 10));
        await().until(() -> firehose.counters().failedPuts() > 0);

        firehose.kill();
        s3.faults().clear();
        firehose.close();

        assertThat(keys()).isEmpty();
    }

    @Test
    void sourceAndBucketMayComeLater() {
        firehose = DeliveryStream.start(
                "floe",
                kinesis.client(),
                "later",
                s3.client(),
                Destination.bucket("later").buffering(UNREACHABLE, Duration.ofMillis(50)));
        await().until(() -> firehose.counters().failedReads() > 0);
        kinesis.createStream("later", 1);
        kinesis.client().putRecord(r -> r.streamName("later").partitionKey("k").data(SdkBytes.fromUtf8String("a")));
        await().until(() -> firehose.counters().failedPuts() > 0);

        s3.createBucket("later");

        await().untilAsserted(() -> assertThat(s3.keys("later", "")).hasSize(1));
    }

    @Test
    void nothingIsLostWhileS3Fails() {
        // More in a row than the SDK repeats by itself, so that at least one put fails.
        s3.faults()
                .failNextRequests(RequestFault.FAILED, 10)
                .failRequests(RequestFault.THROTTLED, 0.3)
                .failRequests(RequestFault.FAILED, 0.2)
                .failRequests(RequestFault.DROPPED, 0.2);
        start(Destination.bucket("staging").buffering(1_000, Duration.ofMillis(50)));

        put(numbers(0, 1_000));

        await().atMost(Duration.ofSeconds(60)).until(() -> firehose.counters().recordsStored() == 1_000);
        s3.faults().clear();
        assertThat(firehose.counters().failedPuts()).isPositive();
        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(numbers(0, 1_000));
    }

    @Test
    void recordsAreRepeatedInTheSameAndInOtherObjects() {
        start(Destination.bucket("staging").buffering(1_000, Duration.ofMillis(50)));
        firehose.faults().repeatRecords(0.2);

        put(numbers(0, 1_000));

        await().until(() -> firehose.counters().recordsStored() == 1_000);
        firehose.close();
        assertThat(delivered()).hasSizeBetween(1_100, 1_300).containsAll(numbers(0, 1_000));
        assertThat(keys()).anySatisfy(key -> assertThat(lines(key)).hasSizeGreaterThan(distinct(key)));
        assertThat(keys().stream().mapToInt(this::distinct).sum()).isGreaterThan(1_000);
    }

    @Test
    void objectsAreRepeatedUnderAnotherKey() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, Duration.ofMillis(50)));
        firehose.faults().repeatObjects(1);

        putInOneLane(List.of("a", "b"));

        await().untilAsserted(() -> assertThat(keys()).hasSize(2));
        assertThat(keys()).allSatisfy(key -> assertThat(text(key)).isEqualTo("a\nb\n"));
        assertThat(firehose.counters().recordsStored()).isEqualTo(2);
    }

    @Test
    void buffersAreSplitAndShuffledWithoutLoss() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, NEVER));
        firehose.faults().splitBuffers(1, 4).shuffleBuffers(1);
        putInOneLane(numbers(0, 400));
        await().until(() -> firehose.counters().recordsRead() == 400);

        firehose.flush();

        await().untilAsserted(() -> assertThat(keys()).hasSize(4));
        assertThat(keys()).allSatisfy(key -> assertThat(lines(key))
                .hasSize(100)
                .isNotEqualTo(lines(key).stream().sorted().toList()));
        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(numbers(0, 400));
    }

    @Test
    void recordsAreHeldBackForALaterObject() {
        start(Destination.bucket("staging").buffering(UNREACHABLE, Duration.ofMillis(100)));
        firehose.faults().holdBackRecords(0.5);

        putInOneLane(numbers(0, 100));

        await().until(() -> firehose.counters().recordsStored() == 100);
        assertThat(keys()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    }

    @Test
    void delayedObjectIsOvertaken() {
        start(Destination.bucket("staging").buffering(1, NEVER));
        firehose.faults().delayObjects(1, Duration.ofHours(1));
        putInOneLane(List.of("late"));
        await().until(() -> firehose.counters().recordsRead() == 1);
        firehose.faults().clear();

        putInOneLane(List.of("early"));

        await().untilAsserted(() -> assertThat(delivered()).containsExactly("early"));
        firehose.kill();
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "LINES"})
    void packedRecordsAreTakenApartAndEachTableHasItsFolder(SubRecords subRecords) {
        start(partitioned(subRecords));

        putInOneLane(List.of(
                event("shop", "orders", 1) + "\n" + event("shop", "items", 2) + "\n" + event("shop", "orders", 3)
                        + "\n",
                event("other", "orders", 4) + "\n",
                event("shop", "items", 5) + "\n"));

        await().untilAsserted(() -> assertThat(keys()).hasSize(3));
        String hour = utc("yyyy/MM/dd/HH", kinesis.records("changes").get(0).approximateArrival());
        assertThat(linesUnder("in/shop/orders/" + hour + "/floe-1-"))
                .containsExactly(event("shop", "orders", 1), event("shop", "orders", 3));
        assertThat(linesUnder("in/shop/items/" + hour + "/floe-1-"))
                .containsExactly(event("shop", "items", 2), event("shop", "items", 5));
        assertThat(linesUnder("in/other/orders/" + hour + "/floe-1-")).containsExactly(event("other", "orders", 4));
        assertThat(firehose.counters().recordsStored()).isEqualTo(5);
    }

    @Test
    void objectsThatFollowEachOtherWithoutALineBreakAreTakenApart() {
        start(partitioned(SubRecords.JSON));

        putInOneLane(List.of(event("shop", "größen", 1) + event("shop", "orders", 2)));

        await().untilAsserted(() -> assertThat(keys()).hasSize(2));
        assertThat(delivered()).containsExactlyInAnyOrder(event("shop", "größen", 1), event("shop", "orders", 2));
    }

    @Test
    void eachPartitionHasABufferOfItsOwn() {
        start(partitioned(SubRecords.LINES).buffering(100, NEVER));

        putInOneLane(List.of(
                event("a", "small", 1), event("a", "large", 2), event("a", "large", 3), event("a", "large", 4)));

        await().untilAsserted(() -> assertThat(keys()).hasSize(1));
        assertThat(keys().get(0)).startsWith("in/a/large/");
    }

    @Test
    void whatHasNoPartitionGoesToTheErrorPrefix() {
        start(partitioned(SubRecords.LINES));

        putInOneLane(List.of("{\"schema\":\"shop\"}", "no json", event("shop", "orders", 1)));

        await().untilAsserted(() -> assertThat(keys()).hasSize(2));
        assertThat(linesUnder("failed/MetadataExtractionFailed/"))
                .hasSize(2)
                .first()
                .asString()
                .contains(Base64.getEncoder().encodeToString("{\"schema\":\"shop\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(linesUnder("in/shop/orders/")).hasSize(1);
    }

    @Test
    void aRecordOfMoreThan500PartsGoesToTheErrorPrefix() {
        start(partitioned(SubRecords.LINES));

        putInOneLane(List.of(
                String.join("\n", Collections.nCopies(501, event("shop", "orders", 1))),
                String.join("\n", Collections.nCopies(500, event("shop", "orders", 2)))));

        await().untilAsserted(() -> assertThat(keys()).hasSize(2));
        assertThat(linesUnder("failed/RecordDeAggregationFailed/")).hasSize(1);
        assertThat(linesUnder("in/shop/orders/")).hasSize(500);
    }

    @Test
    void partitionsBeyondTheLimitGoToTheErrorPrefix() {
        start(partitioned(SubRecords.LINES).partitioning(new Partitioning(SubRecords.LINES, "failed/", 2)));

        putInOneLane(List.of(event("a", "one", 1), event("a", "two", 2), event("a", "three", 3), event("a", "one", 4)));

        await().untilAsserted(() -> assertThat(keys()).hasSize(3));
        assertThat(linesUnder("in/a/one/")).hasSize(2);
        assertThat(linesUnder("in/a/two/")).hasSize(1);
        assertThat(linesUnder("failed/activePartitionExceeded/")).hasSize(1);
    }

    private static Destination partitioned(SubRecords subRecords) {
        return Destination.bucket("staging")
                .prefix("in/!{partitionKeyFromQuery:schema}/!{partitionKeyFromQuery:table}/!{timestamp:yyyy/MM/dd/HH}/")
                .buffering(UNREACHABLE, Duration.ofMillis(300))
                .partitioning(Partitioning.of(subRecords, "failed/"));
    }

    private static String event(String schema, String table, int number) {
        return "{\"schema\":\"%s\",\"table\":\"%s\",\"n\":{\"n\":%d}}".formatted(schema, table, number);
    }

    private static List<String> linesUnder(String prefix) {
        return s3.keys("staging", prefix).stream()
                .flatMap(key -> lines(key).stream())
                .toList();
    }

    private void start(Destination destination) {
        firehose = DeliveryStream.start("floe", kinesis.client(), "changes", s3.client(), destination);
    }

    private void put(List<String> lines) {
        put(lines, 16);
    }

    private void putInOneLane(List<String> lines) {
        put(lines, 1);
    }

    private void put(List<String> lines, int lanes) {
        for (int from = 0; from < lines.size(); from += 500) {
            List<String> call = lines.subList(from, Math.min(from + 500, lines.size()));
            kinesis.client().putRecords(r -> r.streamName("changes").records(entries(call, lanes)));
        }
    }

    private static List<PutRecordsRequestEntry> entries(List<String> lines, int lanes) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("lane " + i % lanes)
                        .data(SdkBytes.fromUtf8String(lines.get(i)))
                        .build())
                .toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj("%05d"::formatted).toList();
    }

    private static String utc(String pattern, Instant time) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(time);
    }

    private static List<String> keys() {
        return s3.keys("staging", "");
    }

    private static List<String> delivered() {
        return keys().stream().flatMap(key -> lines(key).stream()).toList();
    }

    private int distinct(String key) {
        return (int) lines(key).stream().distinct().count();
    }

    private static List<String> lines(String key) {
        return text(key).lines().toList();
    }

    private static String text(String key) {
        try {
            return s3.text("staging", key);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
