package floe.oversize;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.Optional;

/**
 * Where rows go that are too large for a record of the stream: the settings under {@code oversize}.
 *
 * @param bucket needed only once there is such a row: most sources have none
 * @param prefix of the objects in it
 */
public record OversizeSettings(Optional<String> bucket, String prefix) {

    /**
     * Reads them.
     *
     * @throws WrongSetting if one is wrong
     */
    public static OversizeSettings read(Settings settings) {
        return new OversizeSettings(settings.optional("oversize.bucket"), settings.text("oversize.prefix", "a prefix"));
    }

    /** @throws WrongSetting if there is none */
    String mandatoryBucket() {
        return bucket.orElseThrow(() -> new WrongSetting(
                "oversize.bucket", "", "the S3 bucket that keeps rows larger than a record of the stream"));
    }
}
