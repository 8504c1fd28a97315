package floe.staging;

import floe.settings.Settings;
import floe.settings.WrongSetting;

/**
 * Where in S3 a staged file is, and where it and its lines go from there.
 *
 * @param bucket that Firehose stores files in
 * @param prefix of the staged files
 * @param archivePrefix of the files that were loaded, in the same bucket
 * @param letterBucket of the dead letters
 * @param letterPrefix of the dead letters
 * @param replayedPrefix of the dead letters that were staged again, in the same bucket
 */
public record Places(
        String bucket,
        String prefix,
        String archivePrefix,
        String letterBucket,
        String letterPrefix,
        String replayedPrefix) {

    private static final String STAGING = "staging.prefix";
    private static final String LETTERS = "dead-letter.prefix";

    /** What a process has that does not load. */
    static final Places NONE = new Places("", "", "", "", "", "");

    /**
     * Reads the settings under {@code staging} and {@code dead-letter}.
     *
     * @throws WrongSetting if one is missing, or if anything would be kept where files or letters are looked for
     */
    public static Places read(Settings settings) {
        String bucket = settings.text("staging.bucket", "the name of an S3 bucket");
        String prefix = settings.text(STAGING, "the prefix under which Firehose stores, such as staging/");
        return new Places(
                bucket,
                prefix,
                outside(settings, "staging.archive-prefix", STAGING),
                settings.text("dead-letter.bucket", "the name of an S3 bucket"),
                outside(settings, LETTERS, STAGING),
                outside(settings, "dead-letter.replayed-prefix", STAGING, LETTERS));
    }

    /**
     * The prefix that a setting names.
     *
     * @param others name prefixes under which all is looked at
     * @throws WrongSetting if it lies in one of these
     */
    public static String outside(Settings settings, String key, String... others) {
        String prefix = prefix(settings, key);
        for (String other : others) {
            if (prefix.startsWith(prefix(settings, other))) {
                throw new WrongSetting(
                        key, prefix, "a prefix outside " + other + ", which is '" + prefix(settings, other) + "'");
            }
        }
        return prefix;
    }

    private static String prefix(Settings settings, String key) {
        return settings.text(key, "a prefix");
    }
}
