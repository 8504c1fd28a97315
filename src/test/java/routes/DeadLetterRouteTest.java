package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.aws.AwsClients;
import floe.change.TableId;
import floe.health.Stage;
import floe.letters.DeadLetters;
import floe.load.Origin;
import floe.load.TableBatch;
import floe.load.UnfitRows;
import floe.progress.LoadProgress;
import floe.progress.Pauses;
import floe.settings.MapLookup;
import floe.settings.Settings;
import floe.snowflake.SnowflakeName;
import floe.snowflake.Warehouse;
import floe.snowflake.WarehouseSettings;
import floe.staging.Doorbell;
import floe.staging.StagedFile;
import floe.staging.StagedFiles;
import floe.staging.StagedLine;
import floe.staging.StagingSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import local.http.RequestFault;
import local.s3.S3Server;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DeadLetterRouteTest extends CamelTestSupport {

    private static final String BUCKET = "letters";

    private S3Server s3;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new DeadLetterRoute();
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        s3 = start();
        Properties settings = new Properties();
        settings.setProperty("load.enabled", "true");
        settings.setProperty("dead-letter.bucket", BUCKET);
        settings.setProperty("dead-letter.prefix", "dead-letter/");
        configuration.withUseOverridePropertiesWithPropertiesComponent(settings);
    }

    @BindToRegistry
    S3Client client() {
        return s3.client();
    }

    @BindToRegistry
    LoadProgress progress() {
        Settings notLoading = new Settings(new MapLookup(Map.of(
                "load.enabled", "false",
                "health.blocked-after", "1m",
                "health.stalled-after", "2m")));
        StagingSettings staging = StagingSettings.ofStage(notLoading);
        AwsClients clients = new AwsClients();
        return new LoadProgress(
                Pauses.ofStage(notLoading),
                Stage.read("load", notLoading),
                new StagedFiles(clients, staging),
                new Doorbell(clients, staging),
                new Warehouse(WarehouseSettings.ofStage(notLoading)));
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void aLetterIsNamedByItsFileAndLineSoKeepingItTwiceIsKeepingItOnce() throws Exception {
        template().sendBody("direct:dead-letter", letter(7, "{\"torn"));
        template().sendBody("direct:dead-letter", letter(7, "{\"torn"));
        template().sendBody("direct:dead-letter", letter(8, "say \"hi\""));

        assertThat(s3.keys(BUCKET, "dead-letter/"))
                .containsExactly("dead-letter/a.gz/0000000007.ndjson", "dead-letter/a.gz/0000000008.ndjson");
        JsonNode kept = new JsonMapper().readTree(s3.text(BUCKET, "dead-letter/a.gz/0000000008.ndjson"));
        assertThat(kept.path("event").asText()).isEqualTo("say \"hi\"");
        assertThat(kept.path("file").asText()).isEqualTo("staging/a.gz");
        assertThat(kept.path("line").asInt()).isEqualTo(8);
        assertThat(kept.path("reason").asText()).isEqualTo("REFUSED_VALUE");
        assertThat(kept.path("message").asText()).isEqualTo("not a number");
        assertThat(Instant.parse(kept.path("time").asText())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void aFailureToKeepALetterGoesToTheCaller() {
        s3.faults().failRequests(RequestFault.FAILED, 1);

        assertThatThrownBy(() -> template().sendBody("direct:dead-letter", letter(7, "torn")))
                .isInstanceOf(CamelExecutionException.class)
                .hasRootCauseInstanceOf(S3Exception.class);
    }

    private static DeadLetters letter(long line, String text) {
        StagedFile file = new StagedFile("staging/", "a.gz", Instant.EPOCH);
        var item = new TableBatch.Item(new StagedLine(line, text, null), "{}");
        return new TableBatch(
                        SnowflakeName.parse("D.S.T"),
                        new Origin(new TableId("s", "t"), 0),
                        file,
                        null,
                        List.of(),
                        List.of(item),
                        new UnfitRows(0))
                .refused("not a number");
    }

    private static S3Server start() {
        try {
            S3Server server = S3Server.start();
            server.createBucket(BUCKET);
            return server;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
