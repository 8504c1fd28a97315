package local.snowflake.values;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes dates and times as Snowflake does with its AUTO formats, in a session whose zone is UTC. */
final class Timestamps {

    private static final Pattern TEXT = Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2})(?:[T ](\\d{1,2}:\\d{2}(?::\\d{2}"
            + "(?:\\.\\d{1,9})?)?)\\s?(Z|[+-]\\d{2}:?\\d{2})?)?");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-M-d", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("H:mm")
            .optionalStart()
            .appendPattern(":ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** TIMESTAMP_NTZ_OUTPUT_FORMAT of a new account. */
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** TIMESTAMP_OUTPUT_FORMAT of a new account. */
    private static final DateTimeFormatter ZONED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS xx", Locale.ROOT);

    private Timestamps() {}

    static LocalDate date(String text) throws SnowflakeError {
        try {
            return timestamp(text).toLocalDate();
        } catch (DateTimeException e) {
            throw SnowflakeError.notDate(text);
        }
    }

    static LocalTime time(String text) throws SnowflakeError {
        try {
            return LocalTime.parse(text.strip(), TIME);
        } catch (DateTimeException e) {
            throw SnowflakeError.notTime(text);
        }
    }

    /** The clock on the wall: a zone in the text does not move it. */
    static LocalDateTime local(String text) throws SnowflakeError {
        return zoned(text).toLocalDateTime();
    }

    /** A text without a zone is in UTC. */
    static OffsetDateTime zoned(String text) throws SnowflakeError {
        try {
            return timestamp(text);
        } catch (DateTimeException e) {
            throw SnowflakeError.notTimestamp(text);
        }
    }

    private static OffsetDateTime timestamp(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new DateTimeException(text);
        }
        LocalDate date = LocalDate.parse(parts.group(1), DATE);
        LocalTime time = parts.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(2), TIME);
        ZoneOffset zone = parts.group(3) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(3));
        return OffsetDateTime.of(date, time, zone);
    }

    static String text(LocalDateTime timestamp) {
        return LOCAL.format(timestamp);
    }

    static String text(OffsetDateTime timestamp) {
        return ZONED.format(timestamp);
    }

    /** {@code time} without the digits beyond {@code fraction} of its second: Snowflake cuts them off. */
    @SuppressWarnings("unchecked")
    static <T extends Temporal> T cut(T time, int fraction) {
        int unit = 1;
        for (int digit = fraction; digit < SnowflakeType.MAX_FRACTION; digit++) {
            unit *= 10;
        }
        int nanos = time.get(ChronoField.NANO_OF_SECOND);
        return (T) time.with(ChronoField.NANO_OF_SECOND, nanos - nanos % unit);
    }
}
