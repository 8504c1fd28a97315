package floe.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** Writes a change as the apply procedure reads it; apply.sql describes the form. */
final class RowJson {

    /** Snowflake may read a larger number as a DOUBLE, which holds no more than 53 bits exactly. */
    private static final long MOST_EXACT = 1L << 53;

    /** A plain decimal of up to this many digits on either side of the point is written without an exponent. */
    private static final int PLAIN_DIGITS = 100;

    private static final JsonFactory JSON = new JsonFactory();

    private RowJson() {}

    /**
     * What is said of a row beside its values.
     *
     * @param position where the change stands
     * @param deleted whether the row is to be deleted
     * @param committed when the change was committed; null to leave it out
     * @param operation what the change did; null to leave it out
     */
    record Head(String position, boolean deleted, String committed, String operation) {}

    /**
     * @param image the row, by MySQL's column names
     * @param columns gives the Snowflake column for one of MySQL's; null for none
     */
    static String write(Head head, ObjectNode image, UnaryOperator<String> columns) {
        SegmentedStringWriter text = new SegmentedStringWriter(JSON._getBufferRecycler());
        try {
            write(JSON.createGenerator(text), head, image, columns);
            return text.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonGenerator out, Head head, ObjectNode image, UnaryOperator<String> columns)
            throws IOException {
        try (JsonGenerator json = out) {
            json.writeStartObject();
            json.writeStringField("position", head.position());
            if (head.deleted()) {
                json.writeBooleanField("deleted", true);
            }
            if (head.committed() != null) {
                json.writeStringField("committed", head.committed());
            }
            if (head.operation() != null) {
                json.writeStringField("operation", head.operation());
            }
            json.writeObjectFieldStart("row");
            for (var column : image.properties()) {
                String name = columns.apply(column.getKey());
                if (name != null) {
                    json.writeFieldName(name);
                    value(json, column.getValue());
                }
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void value(JsonGenerator json, JsonNode value) throws IOException {
        if (value.isContainerNode()) {
            json.writeString(value.toString());
        } else if (isExact(value)) {
            json.writeNumber(value.longValue());
        } else if (value.isNumber()) {
            json.writeString(plain(value.decimalValue()));
        } else if (value.isBoolean()) {
            json.writeBoolean(value.booleanValue());
        } else if (value.isNull()) {
            json.writeNull();
        } else {
            json.writeString(value.textValue());
        }
    }

    /** How many bytes {@code text} has in UTF-8. */
    static long utf8Bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is half of a character of four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    private static boolean isExact(JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() <= MOST_EXACT
                && value.longValue() >= -MOST_EXACT;
    }

    /** A number as text, in a form that every type of Snowflake reads. */
    static String plain(BigDecimal number) {
        boolean isShort = Math.abs(number.scale()) + number.precision() <= PLAIN_DIGITS;
        return isShort ? number.toPlainString() : number.toString();
    }
}
