package floe.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes event lines, straight from their source to bytes. For use by one thread.
 *
 * <p>Each line is one JSON object in UTF-8 that ends in a newline and contains no other. When a method returns, the
 * stream has all of its line; closing the writer leaves the stream open.
 */
public final class ChangeWriter implements Closeable {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final SerializableString SCHEMA = new SerializedString("schema");
    private static final SerializableString TABLE = new SerializedString("table");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString SHAPE = new SerializedString("shape");
    private static final SerializableString POSITION = new SerializedString("position");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString SERVER = new SerializedString("server");
    private static final SerializableString GTID = new SerializedString("gtid");
    private static final SerializableString TS_MS = new SerializedString("ts_ms");
    private static final SerializableString SNAPSHOT = new SerializedString("snapshot");
    private static final SerializableString STEP = new SerializedString("step");
    private static final SerializableString LANE = new SerializedString("lane");
    private static final SerializableString LANES = new SerializedString("lanes");

    private final JsonGenerator json;

    /** @param out takes the lines */
    public ChangeWriter(OutputStream out) throws IOException {
        json = JSON.createGenerator(out);
    }

    /** Writes what the lines of rows are made of by their {@link RowLine}. */
    public JsonGenerator json() {
        return json;
    }

    /** Writes something into an event that is being written: the fields of a row image. */
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
            TableId table, ChangeType type, Part before, Part after, List<String> key, Position position, Source source)
            throws IOException {
        RowLine line = new RowLine(table, key);
        line.open(type, json);
        switch (type) {
            case WRITE -> image(after);
            case DELETE -> image(before);
            default -> {
                image(before);
                line.between(json);
                image(after);
            }
        }
        line.end(position, source).write(position.row(), json);
    }

    /**
     * Writes the change of a whole table: of its definition, or a truncation.
     *
     * @param shape of a definition, the table that resulted; null if it was dropped, and of a truncation
     */
    public void writeTable(TableId table, ChangeType type, TableShape shape, Position position, Source source)
            throws IOException {
        begin(table, type);
        if (shape != null) {
            json.writeFieldName(SHAPE);
            ShapeJson.write(shape, json);
        }
        end(position, source);
    }

    /** Writes what there is to tell of a snapshot of a table. */
    public void writeSnapshot(TableId table, SnapshotMark mark, Position position, Source source) throws IOException {
        begin(table, ChangeType.SNAPSHOT);
        json.writeFieldName(SNAPSHOT);
        json.writeStartObject();
        text(STEP, mark.step().eventName());
        if (mark.step() == SnapshotMark.Step.END) {
            json.writeFieldName(LANE);
            json.writeNumber(mark.lane());
            json.writeFieldName(LANES);
            json.writeNumber(mark.lanes());
        }
        json.writeEndObject();
        end(position, source);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private void begin(TableId table, ChangeType type) throws IOException {
        json.writeStartObject();
        text(SCHEMA, table.schema());
        text(TABLE, table.table());
        text(TYPE, type.eventName());
    }

    private void image(Part columns) throws IOException {
        json.writeStartObject();
        columns.writeTo(json);
        json.writeEndObject();
    }

    private void end(Position position, Source source) throws IOException {
        text(POSITION, position.toString());
        json.writeFieldName(SOURCE);
        json.writeStartObject();
        text(SERVER, source.server());
        if (source.gtid() != null) {
            text(GTID, source.gtid());
        }
        json.writeFieldName(TS_MS);
        json.writeNumber(source.millis());
        json.writeFieldName(SNAPSHOT);
        json.writeBoolean(source.snapshot());
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void text(SerializableString field, String value) throws IOException {
        json.writeFieldName(field);
        json.writeString(value);
    }
}
