package floe.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.aws.AwsClients;
import floe.health.Stage;
import floe.progress.LoadProgress;
import floe.progress.Pauses;
import floe.settings.MapLookup;
import floe.settings.Settings;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.Doorbell;
import floe.staging.StagedFile;
import floe.staging.StagedFiles;
import floe.staging.StagingSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import local.http.RequestFault;
import local.s3.S3Server;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class StagedObjectsTest {

    private static final String BUCKET = "floe";

    /** S3 takes no smaller parts, but for the last one. */
    private static final int PART = 5 << 20;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private S3Server s3;
    private StagedFiles staging;
    private StagedObjects objects;

    @BeforeEach
    void start() throws Exception {
        s3 = S3Server.start();
        s3.createBucket(BUCKET);
        s3.largestCopy(PART);
        AWS2S3Component component = camel.getComponent("aws2-s3", AWS2S3Component.class);
        component.getConfiguration().setAmazonS3Client(s3.client());
        camel.start();
        AwsClients clients = new AwsClients(camel);
        Map<String, String> set = new HashMap<>(Map.of(
                "load.enabled", "false",
                "health.blocked-after", "1m",
                "health.stalled-after", "2m",
                "load.others-patience", "1m",
                "load.loaders", "1",
                "load.loader", "0"));
        set.put("staging.bucket", BUCKET);
        set.put("staging.prefix", "staging/");
        set.put("staging.archive-prefix", "archive/");
        set.put("dead-letter.bucket", BUCKET);
        set.put("dead-letter.prefix", "dead-letter/");
        set.put("dead-letter.replayed-prefix", "replayed/");
        Settings settings = new Settings(new MapLookup(set));
        StagingSettings stagingSettings = StagingSettings.read(settings);
        staging = new StagedFiles(clients, stagingSettings);
        LoadProgress progress = new LoadProgress(
                Pauses.ofStage(settings),
                Stage.read("load", settings),
                staging,
                new Doorbell(clients, stagingSettings),
                new Warehouse(WarehouseSettings.ofStage(settings)));
        objects = new StagedObjects(clients, stagingSettings.places(), progress, PART, PART);
    }

    @AfterEach
    void stop() {
        camel.stop();
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART, PART + 1, 2 * PART, 2 * PART + 1})
    void aFileOfAnySizeIsArchivedAsItIs(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        put("staging/a.gz", content);

        objects.archive(listed());

        assertThat(s3.client()
                        .getObjectAsBytes(request -> request.bucket(BUCKET).key("archive/a.gz"))
                        .asByteArray())
                .isEqualTo(content);
        HeadObjectResponse archived =
                s3.client().headObject(request -> request.bucket(BUCKET).key("archive/a.gz"));
        assertThat(archived.contentType()).isEqualTo("application/x-test");
        assertThat(archived.contentEncoding()).isEqualTo("gzip");
        assertThat(archived.metadata()).containsEntry("by", "firehose");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PART + 1})
    void whatIsNotWhatWasListedIsNotArchived(int bytes) {
        put("staging/a.gz", new byte[bytes]);
        StagedFile listed = listed();
        put("staging/a.gz", new byte[] {7});

        assertThatThrownBy(() -> objects.archive(listed))
                .isInstanceOf(S3Exception.class)
                .extracting(refusal -> ((S3Exception) refusal).statusCode())
                .isEqualTo(412);

        assertThat(s3.keys(BUCKET, "")).containsExactly("staging/a.gz");
    }

    @Test
    void aCopyThatBreaksOffLeavesNothing() {
        put("staging/a.gz", new byte[PART + 1]);
        s3.faults()
                .only((method, path) -> method.equals("PUT") && path.startsWith("/floe/archive/"))
                .failRequests(RequestFault.FAILED, 1);

        assertThatThrownBy(() -> objects.archive(listed())).isInstanceOf(S3Exception.class);

        s3.faults().clear();
        assertThat(s3.client()
                        .listMultipartUploads(request -> request.bucket(BUCKET))
                        .uploads())
                .isEmpty();
        assertThat(s3.keys(BUCKET, "archive/")).isEmpty();
        objects.archive(listed());
        assertThat(s3.keys(BUCKET, "archive/")).containsExactly("archive/a.gz");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PART + 1})
    void archivingOnceMoreChangesNothingAndAnotherFileOfTheNameIsKeptBeside(int bytes) {
        put("staging/a.gz", new byte[bytes]);
        objects.archive(listed());
        byte[] other = new byte[bytes];
        other[0] = 1;
        put("staging/a.gz", other);
        StagedFile second = listed();

        objects.archive(second);
        objects.archive(second);

        assertThat(s3.keys(BUCKET, "archive/"))
                .containsExactly("archive/a.gz", "archive/a.gz." + second.etag().replace("\"", ""));
    }

    @Test
    void aFileThatIsThereIsNotGone() {
        put("staging/a.gz", new byte[1]);
        put("staging/a.gz/beside", new byte[1]);
        StagedFile file = listed();

        assertThatThrownBy(() -> objects.confirmGone(file)).hasMessageContaining("S3 lists it");
        put("staging/a.gz", new byte[2]);
        assertThatCode(() -> objects.confirmGone(file)).doesNotThrowAnyException();
        s3.client().deleteObject(request -> request.bucket(BUCKET).key("staging/a.gz"));
        assertThatCode(() -> objects.confirmGone(file)).doesNotThrowAnyException();
    }

    private StagedFile listed() {
        return staging.list(any -> true).files().stream()
                .filter(file -> file.name().equals("a.gz"))
                .findFirst()
                .orElseThrow();
    }

    private void put(String key, byte[] content) {
        s3.client()
                .putObject(
                        request -> request.bucket(BUCKET)
                                .key(key)
                                .contentType("application/x-test")
                                .contentEncoding("gzip")
                                .metadata(Map.of("by", "firehose")),
                        RequestBody.fromBytes(content));
    }
}
