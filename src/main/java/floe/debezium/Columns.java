package floe.debezium;

import floe.capture.CaptureFailed;
import floe.capture.Column;
import floe.capture.Column.Kind;
import io.debezium.data.Bits;
import io.debezium.data.geometry.Geometry;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** What the columns of Debezium's row schemas are. */
final class Columns {

    /** The parameter under which Debezium propagates what a column is in MySQL. */
    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    /** The parameter of {@link Bits} that tells how many they are. */
    private static final String BITS_LENGTH = "length";

    private Columns() {}

    /** @throws CaptureFailed if Floe has no encoding for its type */
    static Column of(Field column) {
        Schema schema = column.schema();
        return Bits.LOGICAL_NAME.equals(schema.name())
                ? new Column(
                        column.name(),
                        Kind.BITS,
                        Integer.parseInt(schema.parameters().get(BITS_LENGTH)))
                : new Column(column.name(), kind(column), 0);
    }

    private static Kind kind(Field column) {
        Schema schema = column.schema();
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            String type = sourceType(schema);
            return type.contains("INT") || type.startsWith("SERIAL") ? Kind.BIG_INTEGER : Kind.DECIMAL;
        }
        if (schema.type() == Schema.Type.STRUCT && schema.field(Geometry.WKB_FIELD) != null) {
            return Kind.GEOMETRY;
        }
        return switch (schema.type()) {
            case BOOLEAN -> Kind.BOOLEAN;
            case INT8, INT16, INT32, INT64 -> Kind.INTEGER;
            case FLOAT32 -> Kind.FLOAT;
            case FLOAT64 -> Kind.DOUBLE;
            case STRING -> Kind.TEXT;
            case BYTES -> Kind.BYTES;
            default ->
                throw new CaptureFailed("There is no encoding for column " + column.name() + " of MySQL type "
                        + sourceType(schema) + " (" + schema.type() + " " + schema.name() + ")");
        };
    }

    private static String sourceType(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        String type = parameters == null ? null : parameters.get(SOURCE_TYPE);
        return type == null ? "" : type.toUpperCase(Locale.ROOT);
    }
}
