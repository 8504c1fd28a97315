package floe.staging;

import floe.aws.AwsClients;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The files under the staging prefix, and which of them are for this loader. */
public final class StagedFiles {

    /** To be loaded after one listing: enough to do until the next, and some megabytes. */
    private static final int MOST_FILES = 10_000;

    private final AwsClients clients;
    private final Places places;
    private final Share share;
    private final OtherLoaders others;

    public StagedFiles(AwsClients clients, StagingSettings settings) {
        this.clients = clients;
        this.places = settings.places();
        this.share = settings.share();
        this.others = new OtherLoaders(share, settings.othersPatience(), Clock.systemUTC());
    }

    /**
     * Lists those for this loader.
     *
     * @param due tells whether a file may be loaded now; it is asked of each
     */
    public Listing list(Predicate<StagedFile> due) {
        String prefix = places.prefix();
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(places.bucket())
                .prefix(prefix)
                // Else XML could not tell of every key, nor tell a carriage return.
                .encodingType(EncodingType.URL)
                .build();
        Instant allLoaded = Instant.now();
        Slice own = new Slice(MOST_FILES, due);
        Map<Integer, Pile> ofOthers = new TreeMap<>();
        for (S3Object object :
                clients.s3(places.bucket()).listObjectsV2Paginator(request).contents()) {
            if (!isFolder(object)) {
                StagedFile file = StagedFile.of(prefix, object);
                Instant arrived = Instant.ofEpochSecond(file.arrivalSecond());
                allLoaded = arrived.isBefore(allLoaded) ? arrived : allLoaded;
                int owner = share.ownerOf(file);
                if (owner == share.loader()) {
                    own.add(file);
                } else {
                    ofOthers.computeIfAbsent(owner, any -> new Pile()).add(file);
                }
            }
        }
        others.saw(ofOthers);
        return own.listing(allLoaded);
    }

    /** Consoles store an empty object to show a folder. */
    private static boolean isFolder(S3Object object) {
        return object.key().endsWith("/") && object.size() == 0;
    }

    /** What is to be said of other loaders that load nothing, though files wait for them. */
    public List<String> idleLoaders() {
        return others.idle();
    }
}
