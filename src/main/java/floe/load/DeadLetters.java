package floe.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.UnfitChange;
import floe.staging.LinePositions;
import floe.staging.StagedFile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Lines of one file that cannot be applied, to be kept as one object.
 *
 * @param file the file that holds them
 * @param lines at least one
 */
public record DeadLetters(StagedFile file, List<DeadLetter> lines) implements Step {

    private static final JsonMapper JSON = new JsonMapper();

    public DeadLetters {
        lines = List.copyOf(lines);
    }

    @Override
    public String doing() {
        return "keeping " + lines.size() + " dead letters";
    }

    /** Why the lines cannot be applied, one reason for each line. */
    public List<UnfitChange.Reason> reasons() {
        return lines.stream().map(DeadLetter::reason).toList();
    }

    /** The key of the object, without the dead-letter prefix: of file and first line, so that it is the same each time. */
    public String key() {
        return String.format(
                Locale.ROOT, "%s/%010d.ndjson", file.name(), lines.get(0).line());
    }

    /**
     * The content of the object: one JSON object a line. Its {@code position} is that of an event that carries none; a
     * letter whose {@code damaged} is true does not hold the line as the file does.
     */
    public String ndjson() {
        StringBuilder text = new StringBuilder();
        LinePositions positions = new LinePositions(file);
        String now = Instant.now().toString();
        for (DeadLetter letter : lines) {
            ObjectNode json = JSON.createObjectNode();
            json.put("file", file.key());
            json.put("line", letter.line());
            json.put("reason", letter.reason().name());
            json.put("message", letter.message());
            json.put("time", now);
            json.put("position", positions.of(letter.line()).toString());
            if (!letter.whole()) {
                json.put("damaged", true);
            }
            json.put("event", letter.event());
            text.append(json).append('\n');
        }
        return text.toString();
    }
}
