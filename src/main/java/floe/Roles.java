package floe;

import binlog.CaptureSettings;
import settings.Settings;
import settings.WrongSetting;

/** The two steps that a process may take, and what each of them must be told. */
final class Roles {

    private Roles() {}

    /**
     * Reads all settings of the roles that are on.
     *
     * @throws WrongSetting if one is missing or wrong, or if no role is on
     */
    static void check(Settings settings) {
        boolean capture = settings.flag("capture.enabled");
        boolean load = settings.flag("load.enabled");
        if (!capture && !load) {
            throw new WrongSetting("load.enabled", "false", "true where capture.enabled is false: nothing would run");
        }
        if (capture) {
            CaptureSettings.read(settings);
            kinesis.KinesisStream.check(settings);
        }
    }
}
