package floe.staging;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object in S3 that holds change events, one a line.
 *
 * @param prefix the staging prefix
 * @param name the rest of the object's key; archive and dead letters keep it under their own prefixes
 * @param arrivalSecond when the oldest record of the file arrived, in seconds since 1970 (UTC): the time that Firehose wrote
 *     into the key, or that of storing where the key has none
 * @param etag what S3 calls the content, in the quotes that it comes in; empty where nobody has seen the object
 * @param bytes how many it has, as it is stored
 */
public record StagedFile(String prefix, String name, long arrivalSecond, String etag, long bytes) {

    /** Oldest first. */
    public static final Comparator<StagedFile> OLDEST_FIRST =
            Comparator.comparingLong(StagedFile::arrivalSecond).thenComparing(StagedFile::key);

    /**
     * The end of the keys that Firehose gives: {@code <stream>-<version>-YYYY-MM-dd-HH-mm-ss-<uuid>[.gz]}.
     *
     * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html">Object names</a>
     */
    private static final Pattern TIME =
            Pattern.compile("-(\\d{4})-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)-[0-9a-fA-F-]{36}(?:\\.[^/]*)?$");

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^0-9A-Za-z-]");

    /** The folders of the hour that Firehose puts before its own part of a key, with that part. */
    private static final Pattern HOUR = Pattern.compile("(?:^|/)\\d{4}/\\d\\d/\\d\\d/\\d\\d/[^/]*$");

    /** A file that nobody has seen. */
    public StagedFile(String prefix, String name, Instant modified) {
        this(prefix, name, arrival(name, modified), "", 0);
    }

    /** The object below the staging prefix that a listing has shown. */
    static StagedFile of(String prefix, S3Object object) {
        String name = object.key().substring(prefix.length());
        return new StagedFile(prefix, name, arrival(name, object.lastModified()), object.eTag(), object.size());
    }

    /** The key of the object in its bucket. */
    public String key() {
        return prefix + name;
    }

    /** The ETag as part of a name: what else is called as this file is, and holds something else, has another one. */
    public String version() {
        return NOT_IN_NAMES.matcher(etag).replaceAll("");
    }

    /** The key for people. */
    public String shown() {
        return ObjectKey.shown(key());
    }

    private static long arrival(String name, Instant modified) {
        Matcher time = TIME.matcher(name);
        if (time.find()) {
            try {
                return LocalDateTime.of(
                                number(time, 1),
                                number(time, 2),
                                number(time, 3),
                                number(time, 4),
                                number(time, 5),
                                number(time, 6))
                        .toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                return modified.getEpochSecond();
            }
        }
        return modified.getEpochSecond();
    }

    /**
     * What the name begins with before Firehose's folders {@code YYYY/MM/dd/HH} and the file's own name, without a slash
     * at its end: the schema and the table where Firehose partitions by them, and mostly empty where it does not.
     */
    String folder() {
        Matcher hour = HOUR.matcher(name);
        return name.substring(0, hour.find() ? hour.start() : Math.max(0, name.lastIndexOf('/')));
    }

    /** What stays of the name when the file is copied elsewhere: all after the last slash if Firehose gave it, or all. */
    String ownName() {
        return TIME.matcher(name).find() ? name.substring(name.lastIndexOf('/') + 1) : name;
    }

    private static int number(Matcher time, int group) {
        return Integer.parseInt(time.group(group));
    }
}
