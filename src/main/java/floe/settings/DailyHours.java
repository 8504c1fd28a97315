package floe.settings;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * A part of every day, in UTC; across midnight where it ends before it begins.
 *
 * @param from its beginning
 * @param to its end, which is not part of it; equal to {@code from} for the whole day
 */
public record DailyHours(LocalTime from, LocalTime to) {

    /** The whole day. */
    public static final DailyHours ALWAYS = new DailyHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    /**
     * Reads such as {@code 22:00-06:00}; the whole day where {@code key} is empty.
     *
     * @throws WrongSetting if it is something else
     */
    public static DailyHours read(Settings settings, String key) {
        return settings.optional(key).map(text -> parse(key, text)).orElse(ALWAYS);
    }

    private static DailyHours parse(String key, String text) {
        String[] ends = text.split("-", -1);
        try {
            if (ends.length == 2) {
                return new DailyHours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
            }
        } catch (DateTimeParseException e) {
            // Told below, together with what has no two ends.
        }
        throw new WrongSetting(key, text, "two times of day in UTC, such as 22:00-06:00, or empty for the whole day");
    }

    /** Whether this moment is in it. */
    public boolean contains(Instant moment) {
        LocalTime time = LocalTime.ofInstant(moment, ZoneOffset.UTC);
        boolean begun = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        return from.isBefore(to) ? begun && !ended : begun || !ended;
    }

    /** As the setting spells it. */
    @Override
    public String toString() {
        return from + "-" + to;
    }
}
