package floe.progress;

import floe.settings.Settings;
import java.time.Duration;

/**
 * Pauses that grow, such as those between the tries of a file that could not be loaded.
 *
 * @param shortest the first such pause; each is twice the one before
 * @param longest no pause is longer
 */
public record Pauses(Duration shortest, Duration longest) {

    /** What a process has that does not load. */
    private static final Pauses NONE = new Pauses(Duration.ZERO, Duration.ZERO);

    /**
     * Reads the settings {@code load.poll-interval} and {@code load.longest-pause}.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    public static Pauses read(Settings settings) {
        return new Pauses(settings.duration("load.poll-interval"), settings.duration("load.longest-pause"));
    }

    /** The pause behind one of {@code last}; zero for the first. */
    public Duration after(Duration last) {
        Duration next = last.isZero() ? shortest : last.multipliedBy(2);
        return next.compareTo(longest) > 0 ? longest : next;
    }

    /** The same if this process loads; otherwise nothing is read, and nothing wrong. */
    public static Pauses ofStage(Settings settings) {
        return settings.flag("load.enabled") ? read(settings) : NONE;
    }
}
