package floe.debezium;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.change.ChangeWriter;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** Writes the definition that a table has after a schema change: its key, and its columns in order. */
final class TableShape {

    private TableShape() {}

    /** The shape in one of Debezium's table changes, which must not be that of a dropped table. */
    static ChangeWriter.Part of(Struct tableChange) {
        Struct table = tableChange.getStruct("table");
        return json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("key");
            List<String> key = table.getArray("primaryKeyColumnNames");
            for (String column : key == null ? List.<String>of() : key) {
                json.writeString(column);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("columns");
            for (Struct column : table.<Struct>getArray("columns")) {
                write(json, column);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private static void write(JsonGenerator json, Struct column) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.getString("name"));
        json.writeStringField("type", column.getString("typeName"));
        if (column.getInt32("length") != null) {
            json.writeNumberField("length", column.getInt32("length"));
        }
        if (column.getInt32("scale") != null) {
            json.writeNumberField("scale", column.getInt32("scale"));
        }
        json.writeBooleanField("nullable", Boolean.TRUE.equals(column.getBoolean("optional")));
        if (Boolean.TRUE.equals(column.getBoolean("generated"))) {
            json.writeBooleanField("generated", true);
        }
        if (column.getString("defaultValueExpression") != null) {
            json.writeStringField("default", column.getString("defaultValueExpression"));
        }
        json.writeEndObject();
    }
}
