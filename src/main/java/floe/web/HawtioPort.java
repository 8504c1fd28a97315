package floe.web;

import floe.settings.Settings;
import floe.settings.WrongSetting;

/** The port for Hawtio, on this machine only: whether it is open, and to whom. */
public final class HawtioPort {

    private HawtioPort() {}

    /**
     * Reads the settings under {@code hawtio}.
     *
     * @throws WrongSetting if Hawtio is on without a password: it can stop routes
     */
    public static void check(Settings settings) {
        settings.number("hawtio.port", 1, 65_535);
        if (settings.flag("hawtio.enabled") && ManagementPort.read(settings).isOpen()) {
            throw new WrongSetting(
                    "management.password", "", "the password for Hawtio, as hawtio.enabled is true; or that false");
        }
    }
}
