package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import floe.capture.Column;
import java.io.IOException;
import java.util.List;

/** Writes the rows of one version of a table, by the places of its columns. */
final class RowWriter {

    private final SerializableString[] names;
    private final ColumnWriter[] writers;

    RowWriter(List<Column> columns) {
        names = columns.stream()
                .map(column -> new SerializedString(column.name()))
                .toArray(SerializableString[]::new);
        writers = columns.stream().map(ColumnWriter::of).toArray(ColumnWriter[]::new);
    }

    /** Writes the cells of a row as fields of the object that is being written. */
    void write(JsonGenerator json, Object[] cells) throws IOException {
        for (int i = 0; i < writers.length; i++) {
            json.writeFieldName(names[i]);
            Object value = cells[i];
            if (value == null) {
                json.writeNull();
            } else {
                writers[i].write(json, value);
            }
        }
    }
}
