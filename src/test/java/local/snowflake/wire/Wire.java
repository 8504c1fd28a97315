package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import local.snowflake.values.Casts;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.SnowflakeType.Family;
import local.snowflake.values.Typed;

/** How values travel in the driver's protocol: in the bindings of a request and in the rows of an answer. */
final class Wire {

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final long MILLIS_OF_DAY = 86_400_000;

    /** Offsets of zones are sent in minutes, this much above zero. */
    private static final int OFFSET_ZERO = 1440;

    private Wire() {}

    /** The rows of binds of a request: one, or as many as the arrays of a batch are long. */
    static List<List<Typed>> binds(JsonNode bindings) throws SnowflakeError {
        int rows = bindings.path("1").path("value").isArray()
                ? bindings.path("1").path("value").size()
                : 1;
        List<List<Typed>> binds = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Typed> bind = new ArrayList<>();
            for (int i = 1; i <= bindings.size(); i++) {
                JsonNode binding = bindings.path(String.valueOf(i));
                JsonNode value = binding.path("value");
                bind.add(decode(binding.path("type").asText(), value.isArray() ? value.path(row) : value));
            }
            binds.add(bind);
        }
        return binds;
    }

    private static Typed decode(String type, JsonNode value) throws SnowflakeError {
        if (value.isNull() || value.isMissingNode()) {
            return Typed.NULL;
        }
        String text = value.asText();
        return switch (type) {
            case "FIXED" -> {
                BigDecimal number = new BigDecimal(text);
                int digits = Math.max(number.scale() + 1, number.precision() - Math.min(0, number.scale()));
                if (digits > SnowflakeType.MAX_PRECISION) {
                    throw SnowflakeError.textOutOfRange(text);
                }
                yield new Typed(SnowflakeType.number(38, Math.max(0, number.scale())), number);
            }
            case "REAL" -> new Typed(SnowflakeType.FLOAT, Double.valueOf(text));
            case "BOOLEAN" -> new Typed(SnowflakeType.BOOLEAN, text.equals("1") || text.equalsIgnoreCase("true"));
            case "BINARY" -> new Typed(SnowflakeType.BINARY, HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT)));
            case "DATE" ->
                new Typed(SnowflakeType.DATE, LocalDate.ofEpochDay(Math.floorDiv(Long.parseLong(text), MILLIS_OF_DAY)));
            case "TIME" -> new Typed(SnowflakeType.time(Family.TIME, 9), LocalTime.ofNanoOfDay(Long.parseLong(text)));
            case "TIMESTAMP_NTZ" ->
                new Typed(
                        SnowflakeType.time(Family.TIMESTAMP_NTZ, 9),
                        LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC));
            case "TIMESTAMP_LTZ", "TIMESTAMP" ->
                new Typed(
                        SnowflakeType.time(Family.TIMESTAMP_LTZ, 9),
                        instant(text).atOffset(ZoneOffset.UTC));
            case "TIMESTAMP_TZ" -> {
                int space = text.indexOf(' ');
                int minutes = Integer.parseInt(text.substring(space + 1)) - OFFSET_ZERO;
                yield new Typed(
                        SnowflakeType.time(Family.TIMESTAMP_TZ, 9),
                        instant(text.substring(0, space)).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60)));
            }
            default -> new Typed(SnowflakeType.VARCHAR, text);
        };
    }

    private static Instant instant(String nanos) {
        BigInteger[] parts = new BigInteger(nanos).divideAndRemainder(NANOS);
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }

    /** A value of a row; null stays null. */
    static String encode(Object value, SnowflakeType type) {
        if (value == null) {
            return null;
        }
        if (value instanceof Boolean bool) {
            return bool ? "1" : "0";
        }
        if (value instanceof Double real) {
            return real.toString();
        }
        if (value instanceof LocalDate date) {
            return Long.toString(date.toEpochDay());
        }
        if (value instanceof LocalTime time) {
            return BigDecimal.valueOf(time.toNanoOfDay(), 9).toPlainString();
        }
        if (value instanceof LocalDateTime local) {
            return seconds(local.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof OffsetDateTime zoned) {
            String seconds = seconds(zoned.toInstant());
            return type.family() == Family.TIMESTAMP_TZ
                    ? seconds + " " + (zoned.getOffset().getTotalSeconds() / 60 + OFFSET_ZERO)
                    : seconds;
        }
        return Casts.text(value);
    }

    private static String seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .toPlainString();
    }
}
