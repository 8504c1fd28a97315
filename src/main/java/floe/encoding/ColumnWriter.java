package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import io.debezium.data.Bits;
import io.debezium.data.geometry.Geometry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKTWriter;

/** Writes the value of one column, which is not null, in the encoding of its MySQL type. */
@FunctionalInterface
interface ColumnWriter {

    void write(JsonGenerator json, Object value) throws IOException;

    /** The parameter under which Debezium propagates what a column is in MySQL. */
    String SOURCE_TYPE = "__debezium.source.column.type";

    /** The parameter of {@link Bits} that tells how many they are. */
    String BITS_LENGTH = "length";

    /**
     * The writer for a column of Debezium's row schema.
     *
     * @throws IllegalArgumentException if there is no encoding for its type
     */
    static ColumnWriter of(Field column) {
        Schema schema = column.schema();
        String name = schema.name();
        if (Decimal.LOGICAL_NAME.equals(name)) {
            return sourceType(schema).contains("INT") || sourceType(schema).startsWith("SERIAL")
                    ? (json, value) -> json.writeNumber(((BigDecimal) value).toBigIntegerExact())
                    : (json, value) -> json.writeString(((BigDecimal) value).toPlainString());
        }
        if (Bits.LOGICAL_NAME.equals(name)) {
            int bits = Integer.parseInt(schema.parameters().get(BITS_LENGTH));
            return (json, value) -> json.writeBinary(bigEndian(bytes(value), (bits + 7) / 8));
        }
        if (schema.type() == Schema.Type.STRUCT && schema.field(Geometry.WKB_FIELD) != null) {
            return (json, value) -> json.writeString(wellKnownText((Struct) value));
        }
        return switch (schema.type()) {
            case BOOLEAN -> (json, value) -> json.writeBoolean((Boolean) value);
            case INT8, INT16, INT32, INT64 -> (json, value) -> json.writeNumber(((Number) value).longValue());
            case FLOAT32 -> (json, value) -> json.writeNumber(((Number) value).floatValue());
            case FLOAT64 -> (json, value) -> json.writeNumber(((Number) value).doubleValue());
            case STRING -> (json, value) -> json.writeString((String) value);
            case BYTES -> (json, value) -> json.writeBinary(bytes(value));
            default ->
                throw new IllegalArgumentException("There is no encoding for column " + column.name()
                        + " of MySQL type " + sourceType(schema) + " (" + schema.type() + " " + name + ")");
        };
    }

    private static String sourceType(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        String type = parameters == null ? null : parameters.get(SOURCE_TYPE);
        return type == null ? "" : type.toUpperCase(Locale.ROOT);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Debezium gives bits with the lowest byte first and without leading zeros; MySQL shows the highest byte first. */
    private static byte[] bigEndian(byte[] littleEndian, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, littleEndian.length); i++) {
            bytes[length - 1 - i] = littleEndian[i];
        }
        return bytes;
    }

    private static String wellKnownText(Struct geometry) {
        Integer srid = geometry.getInt32(Geometry.SRID_FIELD);
        try {
            var shape = new WKBReader().read(geometry.getBytes(Geometry.WKB_FIELD));
            return "SRID=" + (srid == null ? 0 : srid) + ";" + new WKTWriter().write(shape);
        } catch (ParseException e) {
            throw new IllegalArgumentException("A geometry is not well-known binary: " + e.getMessage(), e);
        }
    }
}
