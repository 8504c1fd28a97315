package floe.staging;

import floe.settings.Configured;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The files under the staging prefix, and which of them are for this loader. */
public class StagedFiles extends Configured {

    /** To be loaded after one listing: enough to do until the next, and some megabytes. */
    private static final int MOST_FILES = 10_000;

    private String bucket;
    private String prefix;
    private Share share;
    private OtherLoaders others;

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
        share = Share.from(settings);
        others = new OtherLoaders(share, settings.duration("load.others-patience"), Clock.systemUTC());
    }

    private void outside(Settings settings, String key) {
        String other = settings.text(key, "a prefix");
        if (other.startsWith(prefix)) {
            throw new WrongSetting(key, other, "a prefix outside staging.prefix, which is '" + prefix + "'");
        }
    }

    /**
     * Lists those for this loader.
     *
     * @param due tells whether a file may be loaded now; it is asked of each
     */
    public Listing list(Predicate<StagedFile> due) {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        Slice own = new Slice(MOST_FILES, due);
        Map<Integer, Pile> ofOthers = new TreeMap<>();
        for (S3Object object : client().listObjectsV2Paginator(request).contents()) {
            // Consoles store an empty object to show a folder.
            if (!object.key().endsWith("/")) {
                StagedFile file =
                        new StagedFile(prefix, object.key().substring(prefix.length()), object.lastModified());
                int owner = share.ownerOf(file);
                if (owner == share.loader()) {
                    own.add(file);
                } else {
                    ofOthers.computeIfAbsent(owner, any -> new Pile()).add(file);
                }
            }
        }
        others.saw(ofOthers);
        return own.listing();
    }

    /** What is to be said of other loaders that load nothing, though files wait for them. */
    public List<String> idleLoaders() {
        return others.idle();
    }

    private S3Client client() {
        return getCamelContext()
                .getEndpoint("aws2-s3://" + bucket, AWS2S3Endpoint.class)
                .getS3Client();
    }
}
