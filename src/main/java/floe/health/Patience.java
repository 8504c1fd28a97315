package floe.health;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.time.Duration;

/**
 * How long a stage may stand still.
 *
 * @param blockedAfter without progress: then it is not ready, and says what it waits for
 * @param stalledAfter without any sign of life: then it is not alive, and only a restart helps
 */
public record Patience(Duration blockedAfter, Duration stalledAfter) {

    private static final String BLOCKED = "health.blocked-after";
    private static final String STALLED = "health.stalled-after";

    /**
     * Reads the settings under {@code health}.
     *
     * @throws WrongSetting if one is missing or wrong
     */
    public static Patience read(Settings settings) {
        longer(settings, STALLED, BLOCKED);
        return new Patience(settings.duration(BLOCKED), settings.duration(STALLED));
    }

    /**
     * Makes sure that a stage which makes no progress for the time of the setting {@code key}, and is in order, is not
     * called blocked. Each stage tells so of its longest pause.
     *
     * @throws WrongSetting if it would be
     */
    public static void blockedLongerThan(Settings settings, String key) {
        longer(settings, BLOCKED, key);
    }

    /**
     * Makes sure that a stage which shows no sign of life for the times of these settings together, and is in order, is
     * not called stalled. Each stage tells so of its longest silence.
     *
     * @throws WrongSetting if it would be
     */
    public static void stalledLongerThan(Settings settings, String... keys) {
        longer(settings, STALLED, keys);
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
