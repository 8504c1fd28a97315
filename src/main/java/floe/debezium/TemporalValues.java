package floe.debezium;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Turns dates and times into the text that events carry, straight from what MySQL sent. Debezium's own conversions
 * cannot tell a zero date in a NOT NULL column from 1970, so this converter takes their place; a zero date becomes null.
 *
 * <p>The text is {@code YYYY-MM-DD}, {@code YYYY-MM-DD HH:MM:SS[.f]}, the same with {@code Z} for TIMESTAMP (UTC), and
 * {@code [-]HHH:MM:SS[.f]} for TIME, with as many digits of a second as the column declares.
 */
public final class TemporalValues implements CustomConverter<SchemaBuilder, RelationalColumn> {

    @Override
    public void configure(Properties properties) {
        // Nothing to configure.
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        int digits = column.length().orElse(0);
        switch (column.typeName().toUpperCase(Locale.ROOT)) {
            case "DATE" -> register(registration, TemporalValues::date);
            case "DATETIME" -> register(registration, value -> dateTime(value, digits));
            case "TIMESTAMP" -> register(registration, value -> timestamp(value, digits));
            case "TIME" -> register(registration, value -> time((Duration) value, digits));
            default -> {
                // All other types are exact as Debezium converts them.
            }
        }
    }

    private static void register(ConverterRegistration<SchemaBuilder> registration, Converter converter) {
        registration.register(
                SchemaBuilder.string().optional(), value -> value == null ? null : converter.convert(value));
    }

    private static String date(Object value) {
        return value instanceof java.sql.Date date ? date.toLocalDate().toString() : ((LocalDate) value).toString();
    }

    private static String dateTime(Object value, int digits) {
        LocalDateTime dateTime =
                value instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : (LocalDateTime) value;
        return text(dateTime, digits).toString();
    }

    private static String timestamp(Object value, int digits) {
        return text(utc(value), digits).append('Z').toString();
    }

    private static LocalDateTime utc(Object value) {
        if (value instanceof Timestamp timestamp) {
            return LocalDateTime.ofInstant(timestamp.toInstant(), ZoneOffset.UTC);
        }
        if (value instanceof ZonedDateTime zoned) {
            return zoned.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        throw new IllegalArgumentException("A TIMESTAMP arrived as " + kind(value));
    }

    private static String kind(Object value) {
        return value instanceof Temporal ? value.getClass().getName() : value.getClass() + ", which is no time";
    }

    private static StringBuilder text(LocalDateTime value, int digits) {
        StringBuilder text = new StringBuilder(27).append(value.toLocalDate()).append(' ');
        appendTime(text, value.getHour(), value.getMinute(), value.getSecond());
        return appendFraction(text, value.getNano(), digits);
    }

    private static String time(Duration value, int digits) {
        StringBuilder text = new StringBuilder(17);
        if (value.isNegative()) {
            text.append('-');
        }
        Duration length = value.abs();
        appendTime(text, length.toHours(), length.toMinutesPart(), length.toSecondsPart());
        return appendFraction(text, length.toNanosPart(), digits).toString();
    }

    private static void appendTime(StringBuilder text, long hours, int minutes, int seconds) {
        append(text, hours, 2).append(':');
        append(text, minutes, 2).append(':');
        append(text, seconds, 2);
    }

    private static StringBuilder appendFraction(StringBuilder text, int nanos, int digits) {
        if (digits > 0) {
            append(text.append('.'), nanos, 9);
            text.setLength(text.length() - 9 + digits);
        }
        return text;
    }

    private static StringBuilder append(StringBuilder text, long number, int digits) {
        String plain = Long.toString(number);
        return text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
    }
}
