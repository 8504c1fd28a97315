package floe.load;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as events and the apply procedures write them. */
final class Moments {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** That of 9999-12-31 23:59:59.999, the last that Snowflake promises to read. */
    private static final long LAST = 253_402_300_799_999L;

    private Moments() {}

    /**
     * The text of a moment.
     *
     * @param millis since 1970; 0 for none
     * @return null if there is none, or a legacy event has a number there that is none
     */
    static String text(long millis) {
        return millis > 0 && millis <= LAST ? TEXT.format(Instant.ofEpochMilli(millis)) : null;
    }
}
