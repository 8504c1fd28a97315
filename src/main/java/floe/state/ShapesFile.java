package floe.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.Position;
import floe.change.ShapeJson;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shapes of the captured tables that count of those that were sent: that of the highest position, as a snapshot tells of its
 * table at an older one. One is sent when, and only when, it has changed. A file that is lost or unreadable costs no more than
 * sending each once again.
 *
 * <p>Safe for use by several threads.
 */
public final class ShapesFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final Map<TableId, TableShape> shapes = new HashMap<>();
    /** Where those were sent, and where tables went. */
    private final Map<TableId, Position> positions = new HashMap<>();

    private ShapesFile(Path path) {
        this.path = path;
    }

    /** Opens the one in a state folder. */
    public static ShapesFile in(Path folder) throws IOException {
        ShapesFile file = new ShapesFile(folder.resolve("shapes.json"));
        file.read();
        return file;
    }

    /** The newest shape of each table that was sent; a table that is gone, or of which none was sent, is not there. */
    public synchronized Map<TableId, TableShape> shapes() {
        return Map.copyOf(shapes);
    }

    /** The newest shape of a table that was sent; null for one that is gone, or of which none was sent. */
    public synchronized TableShape shape(TableId table) {
        return shapes.get(table);
    }

    /**
     * Keeps the shape of a table, null for one that is gone, unless a newer one is kept; {@link #save} makes it last.
     *
     * @param position that it was sent at
     */
    public synchronized void put(TableId table, TableShape shape, Position position) {
        Position known = positions.get(table);
        if (known != null && known.compareTo(position) > 0) {
            return;
        }
        positions.put(table, position);
        if (shape == null) {
            shapes.remove(table);
        } else {
            shapes.put(table, shape);
        }
    }

    /** Replaces the file; when this returns, it survives a crash. */
    public synchronized void save() throws IOException {
        Map<String, Map<String, TableShape>> bySchema = new TreeMap<>();
        shapes.forEach((table, shape) -> bySchema.computeIfAbsent(table.schema(), schema -> new TreeMap<>())
                .put(table.table(), shape));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var schema : bySchema.entrySet()) {
                json.writeObjectFieldStart(schema.getKey());
                for (var table : schema.getValue().entrySet()) {
                    json.writeObjectFieldStart(table.getKey());
                    json.writeStringField(
                            "position",
                            positions
                                    .get(new TableId(schema.getKey(), table.getKey()))
                                    .toString());
                    json.writeFieldName("shape");
                    ShapeJson.write(table.getValue(), json);
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        Replaced.file(path, bytes.toByteArray());
    }

    private void read() throws IOException {
        JsonNode all;
        try {
            all = JSON.readTree(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return;
        }
        for (Map.Entry<String, JsonNode> schema : all.properties()) {
            for (Map.Entry<String, JsonNode> table : schema.getValue().properties()) {
                read(new TableId(schema.getKey(), table.getKey()), table.getValue());
            }
        }
    }

    private void read(TableId table, JsonNode shape) {
        try {
            Position position = Position.parse(shape.path("position").asText());
            shapes.put(table, ShapeJson.read(shape.path("shape")));
            positions.put(table, position);
        } catch (IllegalArgumentException e) {
            // It is sent again, as are those that an earlier Floe kept without a position.
            shapes.remove(table);
        }
    }
}
