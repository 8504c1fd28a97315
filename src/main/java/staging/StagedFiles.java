package staging;

import java.util.List;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import settings.Configured;
import settings.Settings;
import settings.WrongSetting;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** The files under the staging prefix. */
public class StagedFiles extends Configured {

    private String bucket;
    private String prefix;

    public StagedFiles() {
        super("load.enabled");
    }

    @Override
    protected void configure(Settings settings) {
        bucket = settings.text("staging.bucket", "the name of an S3 bucket");
        prefix = settings.text("staging.prefix", "the prefix under which Firehose stores, such as staging/");
        outside(settings, "staging.archive-prefix");
        outside(settings, "dead-letter.prefix");
        outside(settings, "dead-letter.replayed-prefix");
    }

    private void outside(Settings settings, String key) {
        String other = settings.text(key, "a prefix");
        if (other.startsWith(prefix)) {
            throw new WrongSetting(key, other, "a prefix outside staging.prefix, which is '" + prefix + "'");
        }
    }

    /** All of them, oldest first. */
    public List<StagedFile> list() {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        return client().listObjectsV2Paginator(request).contents().stream()
                // Consoles store an empty object to show a folder.
                .filter(object -> !object.key().endsWith("/"))
                .map(object -> new StagedFile(prefix, object.key().substring(prefix.length()), object.lastModified()))
                .sorted(StagedFile.OLDEST_FIRST)
                .toList();
    }

    private S3Client client() {
        return getCamelContext()
                .getEndpoint("aws2-s3://" + bucket, AWS2S3Endpoint.class)
                .getS3Client();
    }
}
