package floe.requests;

import floe.settings.Settings;
import java.util.Optional;

/**
 * Where load leaves what it asks of capture: the settings under {@code requests}.
 *
 * @param bucket nothing where nobody is to be asked
 * @param prefix of the objects in it; each installation that shares the bucket has its own
 */
public record RequestSettings(Optional<String> bucket, String prefix) {

    /**
     * Reads them.
     *
     * @throws floe.settings.WrongSetting if one is wrong
     */
    public static RequestSettings read(Settings settings) {
        return new RequestSettings(settings.optional("requests.bucket"), settings.text("requests.prefix", "a prefix"));
    }
}
