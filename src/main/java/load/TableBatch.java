package load;

import static java.util.stream.Collectors.joining;

import change.Position;
import change.UnfitChange;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import snowflake.SnowflakeName;
import snowflake.TableUnready;
import staging.StagedFile;
import staging.StagedLine;

/**
 * Changes of one table, for one call of its apply procedure.
 *
 * @param floor below this position nothing counts any more; null for no change of the floor
 * @param changes in the order of their lines
 */
public record TableBatch(SnowflakeName table, StagedFile file, Position floor, List<Item> changes) implements Call {

    /**
     * One change; a line that changes a key holds two.
     *
     * @param json the change as the procedure reads it
     */
    public record Item(StagedLine line, String json) {}

    private static final String TOO_OLD = "The row is not there, and the change is at or below the table's horizon:"
            + " deletes of that age were purged, so it cannot be told whether the row was deleted since";

    private static final JsonMapper JSON = new JsonMapper();

    public TableBatch {
        changes = List.copyOf(changes);
    }

    @Override
    public String sql() {
        return "CALL " + table.applyProcedure().quoted() + "(PARSE_JSON(:?batch))";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("batch", json());
    }

    @Override
    public List<Call> halves() {
        if (floor != null && !changes.isEmpty()) {
            return List.of(with(floor, List.of()), with(null, changes));
        }
        if (changes.size() < 2) {
            return List.of();
        }
        int middle = changes.size() / 2;
        return List.of(with(null, changes.subList(0, middle)), with(null, changes.subList(middle, changes.size())));
    }

    @Override
    public List<DeadLetters> leftOut(String answer) {
        List<DeadLetter> letters = new ArrayList<>();
        for (JsonNode index : refusedIn(answer)) {
            StagedLine line = changes.get(index.intValue()).line();
            letters.add(DeadLetter.of(line, UnfitChange.Reason.BELOW_HORIZON, TOO_OLD));
        }
        return letters.isEmpty() ? List.of() : List.of(new DeadLetters(file, letters));
    }

    private JsonNode refusedIn(String answer) {
        try {
            JsonNode refused = JSON.readTree(answer == null ? "" : answer).path("refused");
            if (refused.isArray()) {
                return refused;
            }
        } catch (JsonProcessingException e) {
            // Told below, together with JSON of another form.
        }
        throw new TableUnready("The procedure " + table.applyProcedure() + " is not this Floe's; run 'floe setup'");
    }

    @Override
    public DeadLetters refused(String message) {
        if (changes.size() != 1) {
            throw new IllegalStateException(table + " refused a batch of " + changes.size() + " changes as a whole");
        }
        StagedLine line = changes.get(0).line();
        return new DeadLetters(file, List.of(DeadLetter.of(line, UnfitChange.Reason.REFUSED_VALUE, message)));
    }

    private TableBatch with(Position newFloor, List<Item> newChanges) {
        return new TableBatch(table, file, newFloor, newChanges);
    }

    private String json() {
        return changes.stream()
                .map(Item::json)
                .collect(joining(",", (floor == null ? "{" : "{\"floor\":\"" + floor + "\",") + "\"changes\":[", "]}"));
    }
}
