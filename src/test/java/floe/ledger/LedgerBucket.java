package floe.ledger;

import floe.aws.AwsClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import local.s3.S3Server;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.impl.DefaultCamelContext;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket with ledgers, which notes what is asked of it, and whose time passes as the test says. */
final class LedgerBucket implements AutoCloseable {

    static final String BUCKET = "floe";
    static final Duration PATIENCE = Duration.ofHours(24);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<SdkRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Duration> ages = new ConcurrentHashMap<>();
    private final S3Server s3;
    private final S3Client client;
    private Runnable beforeDelete = () -> {};
    private Instant now;

    LedgerBucket(Instant now) throws Exception {
        this.now = now;
        s3 = S3Server.start();
        s3.createBucket(BUCKET);
        client = S3Server.clientBuilder(s3.endpoint())
                .overrideConfiguration(all -> all.addExecutionInterceptor(new Watch()))
                .build();
        camel.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration().setAmazonS3Client(client);
        camel.start();
    }

    S3Server s3() {
        return s3;
    }

    List<String> keys() {
        return s3.keys(BUCKET, "");
    }

    Ledger ledger(String name) {
        return ledger("ledger/", name);
    }

    Ledger ledger(String prefix, String name) {
        return new Ledger(
                new LedgerObjects(new AwsClients(camel), BUCKET, prefix, name),
                PATIENCE,
                new SetClock(),
                () -> now.toEpochMilli() * 1_000_000);
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lists the object as if it were older. */
    void age(String key, Duration by) {
        ages.put(key, by);
    }

    void beforeDelete(Runnable action) {
        beforeDelete = action;
    }

    long puts() {
        return requests.stream().filter(PutObjectRequest.class::isInstance).count();
    }

    long gets() {
        return requests.stream().filter(GetObjectRequest.class::isInstance).count();
    }

    int requests() {
        return requests.size();
    }

    @Override
    public void close() {
        camel.stop();
        client.close();
        s3.close();
    }

    private final class Watch implements ExecutionInterceptor {

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof DeleteObjectRequest) {
                beforeDelete.run();
            }
            requests.add(context.request());
        }

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (context.response() instanceof ListObjectsV2Response listed) {
                return listed.toBuilder()
                        .contents(listed.contents().stream().map(this::aged).toList())
                        .build();
            }
            return context.response();
        }

        private S3Object aged(S3Object object) {
            Duration age = ages.getOrDefault(object.key(), Duration.ZERO);
            return object.toBuilder()
                    .lastModified(object.lastModified().minus(age))
                    .build();
        }
    }

    private final class SetClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
