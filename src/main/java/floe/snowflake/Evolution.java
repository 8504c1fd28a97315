package floe.snowflake;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.Position;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call of FLOE_EVOLVE, the procedure that makes a Snowflake table follow the shape of its source; evolve.sql describes it.
 *
 * @param shape in the form that the procedure reads; null if nothing is told
 * @param toldAt the position of the event that told of the shape, or empty if a person did; null to have the table looked at
 *     alone
 */
public record Evolution(TableId source, SnowflakeName table, String shape, String toldAt) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Makes the table follow {@code shape}, unless it follows a newer one.
     *
     * @param at the position of the event that told of it
     * @throws WrongTable if no table can mirror it
     */
    public static Evolution of(Target target, TableShape shape, Position at) {
        return new Evolution(target.source(), target.table(), json(target.source(), shape), at.toString());
    }

    /**
     * Makes the table, of which no event has told yet, or makes it anew as events told of it.
     *
     * @throws WrongTable if no table can mirror it
     */
    static Evolution bySetup(TableId source, TableShape shape, SnowflakeName table) {
        return new Evolution(source, table, json(source, shape), "");
    }

    /**
     * Has become of the table what its owner wants where the source is dropped.
     *
     * @param at the position of the event that told of it
     * @param committed when it was dropped, as the apply procedure reads it; null if that is not known
     */
    public static Evolution dropped(Target target, Position at, String committed) {
        String json = JSON.createObjectNode()
                .put("dropped", committed == null ? "" : committed)
                .toString();
        return new Evolution(target.source(), target.table(), json, at.toString());
    }

    /** Makes the table anew as its owner wants it now and as events told of it. */
    static Evolution anew(TableId source, SnowflakeName table) {
        return new Evolution(source, table, null, "");
    }

    /** Looks whether the table can take changes. */
    public static Evolution look(Target target) {
        return look(target.source(), target.table());
    }

    static Evolution look(TableId source, SnowflakeName table) {
        return new Evolution(source, table, null, null);
    }

    /** The statement, with a named parameter {@code :?name} for each value. */
    public String sql() {
        return "CALL " + table.evolveProcedure().quoted() + "(:?schema, :?source, :?table, :?shape, :?told_at)";
    }

    /** The values by name; null stands for NULL. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("schema", source.schema());
        parameters.put("source", source.table());
        parameters.put("table", table.name());
        parameters.put("shape", shape);
        parameters.put("told_at", toldAt);
        return parameters;
    }

    /** The statement with its values in it, as a person may run it. */
    String script() {
        return Stream.of(source.schema(), source.table(), table.name(), shape, toldAt)
                .map(text -> text == null ? "NULL" : Quote.text(text))
                .collect(joining(", ", "CALL " + table.evolveProcedure().quoted() + "(", ")"));
    }

    /**
     * Why the table cannot take changes, a {@link TableWaits} if nobody need act; nothing if it can.
     *
     * @param answer what the procedure returned; null for nothing
     */
    public Optional<TableUnready> unready(String answer) {
        JsonNode told = read(answer);
        if (told.path("ready").asBoolean()) {
            return Optional.empty();
        }
        String why = told.path("unready").asText("was not changed: " + table.evolveProcedure() + " is not this Floe's");
        String message = "The Snowflake table " + table + " for " + source + " " + why;
        if (!told.path("waits").asBoolean()) {
            return Optional.of(new TableUnready(source, message));
        }
        Position dropped =
                told.has("dropped") ? Position.parse(told.path("dropped").asText()) : null;
        return Optional.of(new TableWaits(source, message, dropped));
    }

    /** What tells the table apart that someone put in the place of Floe's; nothing if nobody did. */
    public Optional<String> replaced(String answer) {
        return Optional.ofNullable(read(answer).path("replaced").asText(null));
    }

    /** Whether the table was made where another one was before, whose rows it lacks. */
    static boolean madeAnew(String answer) {
        return read(answer).path("anew").asBoolean();
    }

    private static JsonNode read(String answer) {
        try {
            return JSON.readTree(answer == null ? "" : answer);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String json(TableId source, TableShape shape) {
        ObjectNode json = JSON.createObjectNode();
        var columns = json.putArray("columns");
        for (TargetColumn column : TargetColumn.of(source, shape)) {
            ObjectNode one = columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().ddl());
            if (column.isKey()) {
                one.put("key", true);
            }
            if (column.nullable()) {
                one.put("nullable", true);
            }
            if (column.fill() != null) {
                one.put("fill", column.fill());
            }
        }
        return json.toString();
    }
}
