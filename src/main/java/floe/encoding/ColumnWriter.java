package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.capture.Column;
import floe.capture.Geometry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKTWriter;

/** Writes the value of one column, which is not null, in the encoding of its MySQL type. */
@FunctionalInterface
interface ColumnWriter {

    void write(JsonGenerator json, Object value) throws IOException;

    /** The writer for a column's cells. */
    static ColumnWriter of(Column column) {
        return switch (column.kind()) {
            case BOOLEAN -> (json, value) -> json.writeBoolean((Boolean) value);
            case INTEGER -> (json, value) -> json.writeNumber(((Number) value).longValue());
            case BIG_INTEGER -> (json, value) -> json.writeNumber(((BigDecimal) value).toBigIntegerExact());
            case DECIMAL -> (json, value) -> json.writeString(((BigDecimal) value).toPlainString());
            case FLOAT -> (json, value) -> json.writeNumber(((Number) value).floatValue());
            case DOUBLE -> (json, value) -> json.writeNumber(((Number) value).doubleValue());
            case TEXT -> (json, value) -> json.writeString((String) value);
            case BYTES -> (json, value) -> json.writeBinary(bytes(value));
            case BITS -> {
                int length = (column.bits() + 7) / 8;
                yield (json, value) -> json.writeBinary(bigEndian(bytes(value), length));
            }
            case GEOMETRY -> (json, value) -> json.writeString(wellKnownText((Geometry) value));
        };
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

    /** MySQL shows the highest byte first. */
    private static byte[] bigEndian(byte[] littleEndian, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, littleEndian.length); i++) {
            bytes[length - 1 - i] = littleEndian[i];
        }
        return bytes;
    }

    private static String wellKnownText(Geometry geometry) {
        try {
            var shape = new WKBReader().read(geometry.wellKnownBinary());
            return "SRID=" + geometry.srid() + ";" + new WKTWriter().write(shape);
        } catch (ParseException e) {
            throw new IllegalArgumentException("A geometry is not well-known binary: " + e.getMessage(), e);
        }
    }
}
