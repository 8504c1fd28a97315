package change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes event lines, straight from their source to bytes.
 *
 * <p>Each line is one JSON object in UTF-8 that ends in a newline and contains no other.
 */
public final class ChangeWriter {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** Writes something into an event that is being written: the fields of a row image, or a value. */
    @FunctionalInterface
    public interface Part {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Where an event comes from, for people and monitoring; nothing depends on it.
     *
     * @param server the {@code server_uuid} of the MySQL server
     * @param gtid the transaction, or null where there is none (snapshots)
     * @param millis when the change was committed, in milliseconds since 1970 (UTC)
     * @param snapshot whether the row was read by a snapshot
     */
    public record Source(String server, String gtid, long millis, boolean snapshot) {}

    /**
     * Writes the change of a row.
     *
     * @param before writes the fields of the row as it was; used by updates and deletes
     * @param after writes the fields of the row as it is; used by updates and writes
     */
    public void writeRow(
            OutputStream out,
            TableId table,
            ChangeType type,
            Part before,
            Part after,
            List<String> key,
            Position position,
            Source source)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            begin(json, table, type);
            json.writeObjectFieldStart("row");
            switch (type) {
                case WRITE -> image(json, "values", after);
                case DELETE -> image(json, "values", before);
                default -> {
                    image(json, "before_values", before);
                    image(json, "after_values", after);
                }
            }
            json.writeEndObject();
            json.writeArrayFieldStart("key");
            for (String column : key) {
                json.writeString(column);
            }
            json.writeEndArray();
            end(json, position, source);
        }
    }

    /**
     * Writes the change of a whole table.
     *
     * @param shape writes the value of the event's {@code shape}; null for none
     */
    public void writeTable(
            OutputStream out, TableId table, ChangeType type, Part shape, Position position, Source source)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            begin(json, table, type);
            if (shape != null) {
                json.writeFieldName("shape");
                shape.writeTo(json);
            }
            end(json, position, source);
        }
    }

    private static void begin(JsonGenerator json, TableId table, ChangeType type) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", table.schema());
        json.writeStringField("table", table.table());
        json.writeStringField("type", type.eventName());
    }

    private static void image(JsonGenerator json, String field, Part columns) throws IOException {
        json.writeObjectFieldStart(field);
        columns.writeTo(json);
        json.writeEndObject();
    }

    private static void end(JsonGenerator json, Position position, Source source) throws IOException {
        json.writeStringField("position", position.toString());
        json.writeObjectFieldStart("source");
        json.writeStringField("server", source.server());
        if (source.gtid() != null) {
            json.writeStringField("gtid", source.gtid());
        }
        json.writeNumberField("ts_ms", source.millis());
        json.writeBooleanField("snapshot", source.snapshot());
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
