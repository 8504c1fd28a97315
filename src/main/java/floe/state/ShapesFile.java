package floe.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.ShapeJson;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The shapes of the captured tables that were sent last: one is sent when, and only when, it has changed. A file that is lost
 * or unreadable costs no more than sending each once again.
 */
public final class ShapesFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final Map<TableId, TableShape> shapes = new HashMap<>();

    private ShapesFile(Path path) {
        this.path = path;
    }

    /** Opens the one in a state folder. */
    public static ShapesFile in(Path folder) throws IOException {
        ShapesFile file = new ShapesFile(folder.resolve("shapes.json"));
        file.read();
        return file;
    }

    /** The shape of each table that was sent last; a table that is gone, or of which none was sent, is not there. */
    public Map<TableId, TableShape> shapes() {
        return Map.copyOf(shapes);
    }

    /** Keeps the shape of a table, null for one that is gone; {@link #save} makes it last. */
    public void put(TableId table, TableShape shape) {
        if (shape == null) {
            shapes.remove(table);
        } else {
            shapes.put(table, shape);
        }
    }

    /** Replaces the file; when this returns, it survives a crash. */
    public void save() throws IOException {
        ObjectNode all = JSON.createObjectNode();
        for (Map.Entry<TableId, TableShape> entry : shapes.entrySet()) {
            all.withObjectProperty(entry.getKey().schema())
                    .set(entry.getKey().table(), JSON.readTree(ShapeJson.text(entry.getValue())));
        }
        Replaced.file(path, JSON.writeValueAsBytes(all));
    }

    private void read() throws IOException {
        JsonNode all;
        try {
            all = JSON.readTree(Files.readAllBytes(path));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return;
        }
        all.properties().forEach(schema -> schema.getValue().properties().forEach(table -> {
            try {
                shapes.put(new TableId(schema.getKey(), table.getKey()), ShapeJson.read(table.getValue()));
            } catch (IllegalArgumentException e) {
                shapes.remove(new TableId(schema.getKey(), table.getKey()));
            }
        }));
    }
}
