package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import floe.change.ChangeWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes the rows of one version of a table: made once for each schema that Debezium gives, used for every row. */
final class RowWriter {

    private final Field[] fields;
    private final SerializableString[] names;
    private final ColumnWriter[] writers;
    private final boolean[] withDefault;

    RowWriter(Schema rowSchema) {
        List<Field> columns = rowSchema.fields();
        fields = columns.toArray(Field[]::new);
        names = columns.stream()
                .map(column -> new SerializedString(column.name()))
                .toArray(SerializableString[]::new);
        writers = columns.stream().map(ColumnWriter::of).toArray(ColumnWriter[]::new);
        withDefault = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            withDefault[i] = fields[i].schema().defaultValue() != null;
        }
    }

    /** The columns of {@code row} as fields of the object that is being written. */
    ChangeWriter.Part columns(Struct row) {
        return json -> write(json, row);
    }

    private void write(JsonGenerator json, Struct row) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            json.writeFieldName(names[i]);
            // Kafka would put a column's default in place of its NULL, unless asked by name.
            Object value = withDefault[i] ? row.getWithoutDefault(fields[i].name()) : row.get(fields[i]);
            if (value == null) {
                json.writeNull();
            } else {
                writers[i].write(json, value);
            }
        }
    }

    /** A hash of a row's key values: the same for the same key, in this process and in every other. */
    static int keyHash(Struct key) {
        int hash = 1;
        for (Field field : key.schema().fields()) {
            Object value = key.getWithoutDefault(field.name());
            hash = 31 * hash + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value));
        }
        return hash;
    }
}
