package local.kinesis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class KinesisServerTest {
    private static final int MIB = 1024 * 1024;

    private KinesisServer server;
    private KinesisClient withoutRetries;

    @BeforeEach
    void start() throws IOException {
        server = KinesisServer.start();
        server.createStream("changes", 4);
        withoutRetries = KinesisServer.clientBuilder(server.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterEach
    void stop() {
        withoutRetries.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsComeBackAsTheyWerePutOverEitherProtocol(boolean cbor) {
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), Boolean.toString(cbor));
        try (KinesisClient client =
                KinesisServer.clientBuilder(server.endpoint()).build()) {
            client.createStream(r -> r.streamName("other").shardCount(1));

            client.putRecord(r -> r.streamName("other").partitionKey("ключ").data(SdkBytes.fromByteArray(everyByte)));

            Record record = read(client, "other", "shardId-000000000000", ShardIteratorType.TRIM_HORIZON, null)
                    .get(0);
            assertThat(record.partitionKey()).isEqualTo("ключ");
            assertThat(record.data().asByteArray()).isEqualTo(everyByte);
            assertThat(record.approximateArrivalTimestamp())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        } finally {
            System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
        }
    }

    @Test
    void recordsOfAShardKeepTheirOrder() {
        for (int call = 0; call < 5; call++) {
            int first = call * 100;
            put(IntStream.range(first, first + 100)
                    .mapToObj(i -> entry("lane " + i % 16, Integer.toString(i)))
                    .toList());
        }

        Map<String, List<StoredRecord>> shards =
                server.records("changes").stream().collect(groupingBy(StoredRecord::shardId));
        assertThat(shards).hasSize(4);
        assertThat(shards.values()).allSatisfy(records -> {
            assertThat(records)
                    .extracting(record -> Integer.valueOf(record.data().asUtf8String()))
                    .isSorted();
            assertThat(records)
                    .extracting(StoredRecord::sequenceNumber)
                    .isSorted()
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void partitionKeyDecidesTheShardByItsMd5() throws Exception {
        List<Shard> shards =
                server.client().listShards(r -> r.streamName("changes")).shards();
        for (int i = 0; i < 50; i++) {
            String key = "key " + i;
            var md5 = new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8)));

            String shard = server.client()
                    .putRecord(r -> r.streamName("changes").partitionKey(key).data(SdkBytes.fromUtf8String("x")))
                    .shardId();

            assertThat(shards)
                    .filteredOn(s -> md5.compareTo(
                                            new BigInteger(s.hashKeyRange().startingHashKey()))
                                    >= 0
                            && md5.compareTo(new BigInteger(s.hashKeyRange().endingHashKey())) <= 0)
                    .extracting(Shard::shardId)
                    .containsExactly(shard);
        }
    }

    @Test
    void shardsCoverAllHashKeys() {
        server.createStream("three", 3);

        List<Shard> shards = server.client()
                .describeStream(r -> r.streamName("three"))
                .streamDescription()
                .shards();

        assertThat(shards)
                .extracting(s -> s.hashKeyRange().startingHashKey() + "-"
                        + s.hashKeyRange().endingHashKey())
                .containsExactly(
                        "0-113427455640312821154458202477256070484",
                        "113427455640312821154458202477256070485-226854911280625642308916404954512140969",
                        "226854911280625642308916404954512140970-340282366920938463463374607431768211455");
    }

    @Test
    void readersStartWhereTheyAsk() {
        server.createStream("one", 1);
        List<String> numbers = IntStream.range(0, 4)
                .mapToObj(i -> server.client()
                        .putRecord(r -> r.streamName("one")
                                .partitionKey("k")
                                .data(SdkBytes.fromUtf8String(Integer.toString(i))))
                        .sequenceNumber())
                .toList();

        assertThat(texts(ShardIteratorType.TRIM_HORIZON, null)).containsExactly("0", "1", "2", "3");
        assertThat(texts(ShardIteratorType.AT_SEQUENCE_NUMBER, numbers.get(2))).containsExactly("2", "3");
        assertThat(texts(ShardIteratorType.AFTER_SEQUENCE_NUMBER, numbers.get(2)))
                .containsExactly("3");
        assertThat(texts(ShardIteratorType.LATEST, null)).isEmpty();
    }

    @Test
    void readersGoOnWhereTheyStopped() {
        server.createStream("one", 1);
        server.client().putRecords(r -> r.streamName("one").records(Collections.nCopies(25, entry("k", "x"))));
        String iterator = server.client()
                .getShardIterator(r -> r.streamName("one")
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();

        GetRecordsResponse first =
                server.client().getRecords(r -> r.shardIterator(iterator).limit(20));
        GetRecordsResponse second = server.client().getRecords(r -> r.shardIterator(first.nextShardIterator()));

        assertThat(first.records()).hasSize(20);
        assertThat(second.records()).hasSize(5);
        assertThat(second.millisBehindLatest()).isZero();
    }

    @Test
    void callOfMoreThan500RecordsIsRefusedWhole() {
        put(Collections.nCopies(500, entry("k", "x")));

        assertThatThrownBy(() -> put(Collections.nCopies(501, entry("k", "x"))))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Member must have length less than or equal to 500")
                .extracting(e -> ((KinesisException) e).awsErrorDetails().errorCode())
                .isEqualTo("ValidationException");
        assertThat(server.records("changes")).hasSize(500);
    }

    @Test
    void callOfMoreThan5MebibytesIsRefusedWhole() {
        put(Collections.nCopies(5, entry("key", "x".repeat(MIB - 3))));

        assertThatThrownBy(() -> put(List.of(
                        entry("key", "x".repeat(MIB - 3)),
                        entry("key", "x".repeat(MIB - 3)),
                        entry("key", "x".repeat(MIB - 3)),
                        entry("key", "x".repeat(MIB - 3)),
                        entry("key", "x".repeat(MIB - 7)),
                        entry("k", "xxxx"))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Records size exceeds 5 MB limit");
        assertThat(server.records("changes")).hasSize(5);
    }

    @Test
    void recordIsLimitedTo1MebibyteWithItsPartitionKey() {
        put(List.of(entry("é", "x".repeat(MIB - 2))));

        assertThatThrownBy(() -> put(List.of(entry("k", "x"), entry("é", "x".repeat(MIB - 1)))))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Value at 'records.2.member.data' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 1048576");
        assertThat(server.records("changes")).hasSize(1);
    }

    @Test
    void streamMayTakeLargerRecords() {
        server.limits().bytesPerCall(10 * MIB);
        server.client().createStream(r -> r.streamName("large").shardCount(1).maxRecordSizeInKiB(10_240));

        server.client()
                .putRecord(r ->
                        r.streamName("large").partitionKey("k").data(SdkBytes.fromByteArray(new byte[10 * MIB - 1])));

        assertThat(server.client()
                        .describeStreamSummary(r -> r.streamName("large"))
                        .streamDescriptionSummary()
                        .maxRecordSizeInKiB())
                .isEqualTo(10_240);
    }

    @Test
    void partitionKeyHasUpTo256Characters() {
        put(List.of(entry("😀".repeat(256), "x")));

        assertThatThrownBy(() -> put(List.of(entry("k".repeat(257), "x"))))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("records.1.member.partitionKey");
        assertThatThrownBy(() -> put(List.of(entry("", "x"))))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Member must have length greater than or equal to 1");
    }

    @Test
    void missingStreamIsNamed() {
        assertThatThrownBy(() ->
                        server.client().putRecords(r -> r.streamName("none").records(entry("k", "x"))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Stream none under account 000000000000 not found.");
    }

    @Test
    void streamIsCreatedOnce() {
        assertThatThrownBy(() -> server.client().createStream(r -> r.streamName("changes")))
                .isInstanceOf(ResourceInUseException.class);
    }

    @Test
    void operationThatIsNotImitatedIsRefused() {
        assertThatThrownBy(() -> server.client().listStreams())
                .isInstanceOf(KinesisException.class)
                .extracting(e -> ((KinesisException) e).awsErrorDetails().errorCode())
                .isEqualTo("UnknownOperationException");
    }

    @Test
    void singleRecordsOfACallFailAndTheOthersAreStored() {
        server.faults()
                .failRecords(attempt -> attempt.data().asUtf8String().equals("bad")
                        ? Optional.of(RecordError.THROTTLED)
                        : Optional.empty());

        PutRecordsResponse response = put(List.of(entry("k", "a"), entry("k", "bad"), entry("k", "b")));

        assertThat(response.failedRecordCount()).isEqualTo(1);
        assertThat(response.records())
                .extracting(PutRecordsResultEntry::errorCode)
                .containsExactly(null, "ProvisionedThroughputExceededException", null);
        assertThat(server.records("changes"))
                .extracting(r -> r.data().asUtf8String())
                .containsExactly("a", "b");
        assertThat(server.counters().rejectedRecords()).isEqualTo(1);
    }

    @Test
    void givenShareOfTheRecordsFailsInBothWays() {
        server.faults().seed(7).failRecords(0.5);

        PutRecordsResponse response = put(Collections.nCopies(400, entry("k", "x")));

        assertThat(response.failedRecordCount()).isBetween(150, 250);
        assertThat(response.records())
                .extracting(PutRecordsResultEntry::errorCode)
                .contains("ProvisionedThroughputExceededException", "InternalFailure");
        assertThat(server.records("changes")).hasSize(400 - response.failedRecordCount());
    }

    @Test
    void callThatFailsBeforeStoringIsRetriedByTheSdkWithoutDuplicates() {
        server.faults().failNextRequests(RequestFault.FAILED, 1).failNextRequests(RequestFault.THROTTLED, 1);

        put(List.of(entry("k", "x")));

        assertThat(server.records("changes")).hasSize(1);
        assertThat(server.counters().calls("PutRecords")).isEqualTo(3);
    }

    @Test
    void callThatFailsAfterStoringMakesTheSdkWriteDuplicates() {
        server.faults()
                .failNextRequests(RequestFault.FAILED_AFTER_DOING, 1)
                .failNextRequests(RequestFault.DROPPED_AFTER_DOING, 1);

        put(List.of(entry("k", "x"), entry("k", "y")));

        assertThat(server.records("changes"))
                .extracting(r -> r.data().asUtf8String())
                .containsExactly("x", "y", "x", "y", "x", "y");
    }

    @Test
    void wholeCallIsThrottled() {
        server.faults().failRequests(RequestFault.THROTTLED, 1);

        assertThatThrownBy(() ->
                        withoutRetries.putRecords(r -> r.streamName("changes").records(entry("k", "x"))))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(server.records("changes")).isEmpty();
    }

    @Test
    void shardTakesNoMoreRecordsASecondThanItsLimit() {
        server.limits().perShard(100, 0);

        PutRecordsResponse response = put(Collections.nCopies(300, entry("k", "x")));

        assertThat(response.records().subList(0, 100))
                .extracting(PutRecordsResultEntry::errorCode)
                .containsOnlyNulls();
        assertThat(response.failedRecordCount()).isBetween(1, 200);
        assertThat(response.records().get(299).errorMessage())
                .startsWith("Rate exceeded for shard shardId-00000000000");
    }

    @Test
    void shardTakesNoMoreBytesASecondThanItsLimit() {
        server.limits().perShardAsInService();

        PutRecordsResponse response = put(Collections.nCopies(4, entry("k", "x".repeat(MIB - 1))));

        assertThat(response.failedRecordCount()).isEqualTo(3);
    }

    @Test
    void callTakesAsLongAsAsked() {
        server.faults().latency(Duration.ofMillis(150));
        long start = System.nanoTime();

        put(List.of(entry("k", "x")));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void cursorFollowsTheStream() throws InterruptedException {
        Cursor cursor = server.follow("changes");
        put(List.of(entry("k", "a"), entry("other", "b")));
        assertThat(cursor.next(Duration.ofSeconds(5)))
                .extracting(r -> r.data().asUtf8String())
                .containsExactly("a", "b");
        put(List.of(entry("k", "c")));

        assertThat(cursor.next(Duration.ofSeconds(5)))
                .extracting(r -> r.data().asUtf8String())
                .containsExactly("c");
        assertThat(cursor.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void countersTellWhatWasStored() {
        put(List.of(entry("key", "x"), entry("key", "yz")));

        assertThat(server.counters().calls("PutRecords")).isEqualTo(1);
        assertThat(server.counters().records()).isEqualTo(2);
        assertThat(server.counters().bytes()).isEqualTo(9);
    }

    private List<String> texts(ShardIteratorType type, String startingSequenceNumber) {
        return read(server.client(), "one", "shardId-000000000000", type, startingSequenceNumber).stream()
                .collect(mapping(record -> record.data().asUtf8String(), toList()));
    }

    private static List<Record> read(
            KinesisClient client, String stream, String shard, ShardIteratorType type, String startingSequenceNumber) {
        String iterator = client.getShardIterator(r -> r.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(type)
                        .startingSequenceNumber(startingSequenceNumber))
                .shardIterator();
        return client.getRecords(r -> r.shardIterator(iterator)).records();
    }

    private PutRecordsResponse put(List<PutRecordsRequestEntry> entries) {
        return server.client().putRecords(r -> r.streamName("changes").records(entries));
    }

    private static PutRecordsRequestEntry entry(String partitionKey, String data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(partitionKey)
                .data(SdkBytes.fromUtf8String(data))
                .build();
    }
}
