package floe.staging;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which files this loader takes, and how it learns of them: the settings under {@code staging}, and some under {@code load}.
 *
 * @param places where files are and go
 * @param share which loader this one is
 * @param othersPatience how long another loader may take to load any of its files
 * @param queue the URL of the SQS queue that says when files were staged; nothing where listing alone finds them
 */
public record StagingSettings(Places places, Share share, Duration othersPatience, Optional<String> queue) {

    /** What a process has that does not load. */
    static final StagingSettings NONE =
            new StagingSettings(Places.NONE, new Share(1, 0), Duration.ZERO, Optional.empty());

    /**
     * Reads them.
     *
     * @throws WrongSetting if one is missing or wrong
     */
    public static StagingSettings read(Settings settings) {
        return new StagingSettings(
                Places.read(settings),
                Share.read(settings),
                settings.duration("load.others-patience"),
                settings.optional("load.queue").map(StagingSettings::url));
    }

    /** The same if this process loads; otherwise nothing is read, and nothing wrong. */
    public static StagingSettings ofStage(Settings settings) {
        return settings.flag("load.enabled") ? read(settings) : NONE;
    }

    private static String url(String queue) {
        try {
            URI uri = URI.create(queue);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return queue;
            }
        } catch (IllegalArgumentException e) {
            // Told below, together with other addresses that are none of a queue.
        }
        throw new WrongSetting(
                "load.queue",
                queue,
                "the URL of an SQS queue, such as https://sqs.eu-central-1.amazonaws.com/123456789012/staged, or empty");
    }
}
