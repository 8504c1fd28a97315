package floe.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the reading of a table, or of one part of it, stands: after which key, and where it ends. It can be kept as text and
 * taken up by another process at any time.
 *
 * @param order the {@link KeyOrder#name} of the order that the keys belong to; null at the beginning of a whole table
 * @param after the key of the last row that was read, each column in the raw form of {@link KeyPart}; fewer columns stand
 *     for all keys that begin with them, and none for the beginning
 * @param upTo the last value of the key's first column that belongs to this part; null if it goes on to the table's end
 */
record Place(String order, List<String> after, String upTo) {

    /** Before the first row of a whole table, whatever its order. */
    static final Place BEGINNING = new Place(null, List.of(), null);

    private static final JsonMapper JSON = new JsonMapper();

    Place {
        after = List.copyOf(after);
    }

    boolean isBeginning() {
        return after.isEmpty();
    }

    /** The place in the same part after another key. */
    Place after(KeyOrder its, List<String> key) {
        return new Place(its.name(), key, upTo);
    }

    /** A JSON object. */
    String text() {
        ObjectNode json = JSON.createObjectNode();
        json.put("order", order);
        after.forEach(json.putArray("after")::add);
        json.put("upTo", upTo);
        return json.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Place parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<String> after = new ArrayList<>();
            json.path("after").forEach(part -> after.add(part.textValue()));
            if (!json.path("after").isArray() || after.contains(null)) {
                throw new IllegalArgumentException("'" + text + "' is not a place in a table");
            }
            return new Place(
                    json.path("order").textValue(), after, json.path("upTo").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + text + "' is not a place in a table", e);
        }
    }
}
