package floe.kinesis;

import floe.settings.Settings;

/**
 * The stream that capture writes to: the settings under {@code kinesis}.
 *
 * @param stream its name
 * @param limits how much fits where
 */
public record StreamSettings(String stream, PutLimits limits) {

    /** What a process has that does not capture. */
    private static final StreamSettings NONE = new StreamSettings("", new PutLimits(1, 1, 1024));

    /**
     * Reads them.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    public static StreamSettings read(Settings settings) {
        return new StreamSettings(
                settings.text("kinesis.stream", "the name of the Kinesis stream"), PutLimits.read(settings));
    }

    /** The same if this process captures; otherwise nothing is read, and nothing wrong. */
    public static StreamSettings ofStage(Settings settings) {
        return settings.flag("capture.enabled") ? read(settings) : NONE;
    }
}
