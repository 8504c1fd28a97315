package floe.health;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.time.Duration;

/**
 * How long a stage may stand still.
 *
 * @param blockedAfter without getting on: then it is not ready, and says what it waits for
 * @param stalledAfter without any sign of life: then it is not alive, and only a restart helps
 */
public record Patience(Duration blockedAfter, Duration stalledAfter) {

    /**
     * Reads the settings under {@code health}.
     *
     * @throws WrongSetting if one is missing or wrong, or if a stage may be silent for longer and be in order
     */
    public static Patience read(Settings settings) {
        String blocked = "health.blocked-after";
        String stalled = "health.stalled-after";
        longer(settings, stalled, blocked);
        if (settings.flag("capture.enabled")) {
            longer(settings, blocked, "capture.heartbeat");
            longer(settings, stalled, "capture.longest-pause");
        }
        if (settings.flag("load.enabled")) {
            longer(settings, blocked, "load.poll-interval");
            longer(settings, stalled, "snowflake.statement-timeout", "snowflake.connect-timeout");
        }
        return new Patience(settings.duration(blocked), settings.duration(stalled));
    }

    private static void longer(Settings settings, String key, String... others) {
        Duration sum = Duration.ZERO;
        for (String other : others) {
            sum = sum.plus(settings.duration(other));
        }
        if (settings.duration(key).compareTo(sum) <= 0) {
            throw new WrongSetting(
                    key,
                    settings.text(key, "a time"),
                    "longer than " + String.join(" and ", others)
                            + (others.length > 1 ? " together, which are " : ", which is ") + sum.toMillis() + " ms");
        }
    }
}
