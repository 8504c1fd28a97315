package local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import local.http.RequestFault;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ServerTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY));

    private static S3Server server;
    private static S3Client client;
    private static S3Client withoutRetries;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
        client = server.client();
        withoutRetries = S3Server.clientBuilder(server.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterAll
    static void stop() {
        withoutRetries.close();
        server.close();
    }

    @BeforeEach
    void createBucket() {
        server.createBucket("staging");
    }

    @AfterEach
    void empty() {
        server.faults().clear();
        server.keys("staging", "")
                .forEach(key -> client.deleteObject(r -> r.bucket("staging").key(key)));
    }

    @Test
    void objectComesBackAsItWasPut() {
        put("a/1", "Zoë\n");

        assertThat(client.getObjectAsBytes(r -> r.bucket("staging").key("a/1")).asUtf8String())
                .isEqualTo("Zoë\n");
    }

    @Test
    void objectsAreListedByPrefixInKeyOrderPageByPage() {
        List.of("b/3", "b/1", "a/1", "b/2").forEach(key -> put(key, key));

        ListObjectsV2Response first =
                client.listObjectsV2(r -> r.bucket("staging").prefix("b/").maxKeys(2));
        ListObjectsV2Response second = client.listObjectsV2(
                r -> r.bucket("staging").prefix("b/").continuationToken(first.nextContinuationToken()));

        assertThat(first.contents()).extracting(S3Object::key).containsExactly("b/1", "b/2");
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("b/3");
    }

    @Test
    void objectIsMovedByCopyAndDelete() throws IOException {
        put("staging/1", "line\n");

        client.copyObject(r -> r.sourceBucket("staging")
                .sourceKey("staging/1")
                .destinationBucket("staging")
                .destinationKey("archive/1"));
        client.deleteObject(r -> r.bucket("staging").key("staging/1"));

        assertThat(server.keys("staging", "")).containsExactly("archive/1");
        assertThat(server.text("staging", "archive/1")).isEqualTo("line\n");
    }

    @Test
    void objectIsListedOnlyWhenAllOfItIsThere() {
        CompletableFuture<Void> puts = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
                put("folder/a", "x".repeat(1_000_000));
            }
        });

        while (!puts.isDone()) {
            assertThat(client.listObjectsV2(r -> r.bucket("staging")).contents())
                    .allSatisfy(object -> {
                        assertThat(object.key()).isEqualTo("folder/a");
                        assertThat(object.size()).isEqualTo(1_000_000);
                    });
        }

        assertThat(puts).isCompleted();
    }

    @Test
    void objectPutWithoutATypeIsOfTheTypeThatS3Gives() throws Exception {
        HttpRequest untyped;
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            URI address = presigner
                    .presignPutObject(r -> r.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(put -> put.bucket("staging").key("a")))
                    .url()
                    .toURI();
            untyped = HttpRequest.newBuilder(address)
                    .PUT(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
        }

        HttpClient.newHttpClient().send(untyped, HttpResponse.BodyHandlers.discarding());

        assertThat(client.headObject(r -> r.bucket("staging").key("a")).contentType())
                .isEqualTo("binary/octet-stream");
    }

    @Test
    void serverShowsMoreKeysThanAPageHolds() {
        List<String> keys = List.of("1", "2", "3", "4", "5");
        keys.forEach(key -> put(key, ""));

        assertThat(server.keys("staging", "", 2)).isEqualTo(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a+b c%41",
                "c\u0001\t\r\n",
                " a ",
                "a",
                "a/b",
                "a/",
                "a//b",
                "/a",
                "//",
                "a///b",
                "é😀\uffff",
                "<&>]]>\"'",
                "${a}{{b}}",
                "a/./b"
            })
    void anyKeyIsAKey(String key) {
        put(key, "content");

        assertThat(client.listObjectsV2(r -> r.bucket("staging").encodingType(EncodingType.URL))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly(key);
        assertThat(client.getObjectAsBytes(r -> r.bucket("staging").key(key)).asUtf8String())
                .isEqualTo("content");
        client.copyObject(r -> r.sourceBucket("staging")
                .sourceKey(key)
                .destinationBucket("staging")
                .destinationKey(key + "/" + key));
        client.deleteObject(r -> r.bucket("staging").key(key));
        assertThat(server.keys("staging", "")).containsExactly(key + "/" + key);
    }

    @Test
    void keysBesideAndBelowEachOtherAreListedInTheOrderOfTheirBytes() {
        List<String> keys = List.of("a", "a!", "a/", "a/b", "a/b/", "ab", "\uffff", "😀");
        keys.forEach(key -> put(key, key));

        assertThat(server.keys("staging", "", 3)).isEqualTo(keys);
    }

    @Test
    void anotherObjectThanTheOneMeantIsNotReadCopiedOrDeleted() {
        put("a", "one");
        String one = client.headObject(r -> r.bucket("staging").key("a")).eTag();
        put("a", "two");

        assertRefused(() -> client.getObject(r -> r.bucket("staging").key("a").ifMatch(one)));
        assertRefused(() -> client.copyObject(r -> r.sourceBucket("staging")
                .sourceKey("a")
                .copySourceIfMatch(one)
                .destinationBucket("staging")
                .destinationKey("b")));
        assertRefused(
                () -> client.deleteObject(r -> r.bucket("staging").key("a").ifMatch(one)));
        String upload =
                client.createMultipartUpload(r -> r.bucket("staging").key("c")).uploadId();
        assertRefused(() -> client.uploadPartCopy(r -> r.sourceBucket("staging")
                .sourceKey("a")
                .copySourceIfMatch(one)
                .destinationBucket("staging")
                .destinationKey("c")
                .uploadId(upload)
                .partNumber(1)));
        client.abortMultipartUpload(r -> r.bucket("staging").key("c").uploadId(upload));

        assertThat(server.keys("staging", "")).containsExactly("a");
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).awsErrorDetails().errorCode())
                .isEqualTo("PreconditionFailed");
    }

    @Test
    void whatIsTooLargeForOneCopyIsCopiedInParts() throws IOException {
        server.largestCopy(1_000);
        String content = "x".repeat(1_001);
        put("a", content);

        assertThatThrownBy(() -> client.copyObject(r -> r.sourceBucket("staging")
                        .sourceKey("a")
                        .destinationBucket("staging")
                        .destinationKey("b")))
                .hasMessageContaining("larger than the maximum allowable size");
        String upload =
                client.createMultipartUpload(r -> r.bucket("staging").key("b")).uploadId();
        String part = client.uploadPartCopy(r -> r.sourceBucket("staging")
                        .sourceKey("a")
                        .copySourceRange("bytes=0-1000")
                        .destinationBucket("staging")
                        .destinationKey("b")
                        .uploadId(upload)
                        .partNumber(1))
                .copyPartResult()
                .eTag();
        client.completeMultipartUpload(r -> r.bucket("staging")
                .key("b")
                .uploadId(upload)
                .multipartUpload(m ->
                        m.parts(CompletedPart.builder().partNumber(1).eTag(part).build())));

        assertThat(server.text("staging", "b")).isEqualTo(content);
        server.largestCopy(5L << 30);
    }

    @Test
    void severalObjectsAreDeletedAtOnce() {
        List.of("a", "b", "c").forEach(key -> put(key, key));
        List<ObjectIdentifier> keys = List.of(
                ObjectIdentifier.builder().key("a").build(),
                ObjectIdentifier.builder().key("c").build());

        client.deleteObjects(
                r -> r.bucket("staging").delete(Delete.builder().objects(keys).build()));

        assertThat(server.keys("staging", "")).containsExactly("b");
    }

    @Test
    void missingObjectAndMissingBucketAreToldApart() {
        assertThatThrownBy(() -> client.getObject(r -> r.bucket("staging").key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> client.getObject(r -> r.bucket("none").key("none")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void wrongSecretKeyIsRefused() {
        try (S3Client stranger = S3Server.clientBuilder(server.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "wrong")))
                .build()) {
            assertThatThrownBy(() -> stranger.listObjectsV2(r -> r.bucket("staging")))
                    .isInstanceOf(S3Exception.class)
                    .extracting(e -> ((S3Exception) e).awsErrorDetails().errorCode())
                    .isEqualTo("SignatureDoesNotMatch");
        }
    }

    @Test
    void requestFailsAsAskedAndNothingIsDone() {
        server.faults().failNextRequests(RequestFault.FAILED, 1).failNextRequests(RequestFault.THROTTLED, 1);

        assertThatThrownBy(() -> putWithoutRetries("a"))
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).statusCode())
                .isEqualTo(500);
        assertThatThrownBy(() -> putWithoutRetries("a"))
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).awsErrorDetails().errorCode())
                .isEqualTo("SlowDown");
        assertThat(server.keys("staging", "")).isEmpty();
        putWithoutRetries("a");
        assertThat(server.keys("staging", "")).containsExactly("a");
    }

    @Test
    void requestFailsAlthoughAllWasDone() {
        put("a", "text");
        server.faults().failNextRequests(RequestFault.FAILED_AFTER_DOING, 2);

        assertThatThrownBy(() -> putWithoutRetries("b"))
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).statusCode())
                .isEqualTo(500);
        assertThatThrownBy(
                        () -> withoutRetries.getObject(r -> r.bucket("staging").key("a")))
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).awsErrorDetails().errorCode())
                .isEqualTo("InternalError");

        assertThat(server.keys("staging", "")).containsExactly("a", "b");
    }

    @Test
    void connectionIsDroppedBeforeOrAfterTheRequestWasDone() {
        server.faults().failNextRequests(RequestFault.DROPPED, 1).failNextRequests(RequestFault.DROPPED_AFTER_DOING, 1);

        assertThatThrownBy(() -> putWithoutRetries("before")).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> putWithoutRetries("after")).isInstanceOf(SdkClientException.class);

        assertThat(server.keys("staging", "")).containsExactly("after");
    }

    @Test
    void requestIsNotAnsweredWhetherDoneOrNot() {
        server.faults()
                .failNextRequests(RequestFault.UNANSWERED, 1)
                .failNextRequests(RequestFault.UNANSWERED_AFTER_DOING, 1);
        try (S3Client impatient = S3Server.clientBuilder(server.endpoint())
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofMillis(300)))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
            for (String key : List.of("not done", "done")) {
                assertThatThrownBy(() ->
                                impatient.putObject(r -> r.bucket("staging").key(key), RequestBody.fromString("")))
                        .hasRootCauseInstanceOf(SocketTimeoutException.class);
            }
        }

        assertThat(server.keys("staging", "")).containsExactly("done");
        assertThat(server.faults().struck())
                .containsEntry(RequestFault.UNANSWERED, 1)
                .containsEntry(RequestFault.UNANSWERED_AFTER_DOING, 1);
    }

    @Test
    void bodyIsCutShort() {
        put("a", "x".repeat(100_000));
        server.faults().failNextRequests(RequestFault.CUT_SHORT, 1);

        try (var object = withoutRetries.getObject(r -> r.bucket("staging").key("a"))) {
            assertThat(object.response().contentLength()).isEqualTo(100_000);
            assertThatThrownBy(object::readAllBytes).isInstanceOf(IOException.class);
        } catch (IOException closing) {
            assertThat(closing).hasMessageContaining("Premature");
        }
    }

    @Test
    void sdkRetriesUntilItSucceeds() {
        server.faults().failNextRequests(RequestFault.THROTTLED, 1).failNextRequests(RequestFault.DROPPED, 1);

        put("a", "x");

        assertThat(server.keys("staging", "")).containsExactly("a");
    }

    @Test
    void faultsStrikeOnlyTheRequestsMeant() {
        server.faults()
                .only((method, path) -> method.equals("PUT") && path.startsWith("/staging/archive/"))
                .failRequests(RequestFault.FAILED, 1);

        putWithoutRetries("staging/1");

        assertThatThrownBy(() -> putWithoutRetries("archive/1")).isInstanceOf(S3Exception.class);
    }

    @Test
    void newObjectsAreToldOfWithTheirKeysEncoded() {
        List<String> messages = new CopyOnWriteArrayList<>();
        server.notifyOfNewObjects("staging", "in/", messages::add);

        put("in/a b+é", "x");
        put("out/1", "x");
        client.copyObject(r -> r.sourceBucket("staging")
                .sourceKey("out/1")
                .destinationBucket("staging")
                .destinationKey("in/2"));

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0)).contains("\"ObjectCreated:Put\"", "\"key\":\"in%2Fa+b%2B%C3%A9\"");
        assertThat(messages.get(1)).contains("\"ObjectCreated:Copy\"", "\"key\":\"in%2F2\"");
    }

    @Test
    void requestTakesAsLongAsAsked() {
        server.faults().latency(Duration.ofMillis(150));
        long start = System.nanoTime();

        put("a", "x");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    private static void put(String key, String content) {
        client.putObject(r -> r.bucket("staging").key(key), RequestBody.fromString(content));
    }

    private static void putWithoutRetries(String key) {
        withoutRetries.putObject(r -> r.bucket("staging").key(key), RequestBody.fromString("x"));
    }
}
