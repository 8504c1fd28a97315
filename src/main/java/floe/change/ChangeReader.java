package floe.change;

import static floe.change.UnfitChange.Reason.NOT_AN_EVENT;
import static floe.change.UnfitChange.Reason.NOT_JSON;
import static floe.change.UnfitChange.Reason.UNKNOWN_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads event lines, and the marks between them. Legacy events, which carry only schema, table, type and row, are read too; fields that
 * Floe does not know are ignored.
 */
public final class ChangeReader {

    private static final JsonMapper JSON = JsonMapper.builder(LongText.json())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Where the source's {@code snapshot} is kept: the event itself may have a field of that name. */
    private static final String OF_SNAPSHOT = "source.snapshot";

    /** A text from UTF-8 has none but by an escape. */
    private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\\\u[dD][89a-fA-F]");

    /** Digits of a time that fits in a long, whatever a legacy event has there. */
    private static final int LONGEST_TIME = 18;

    /**
     * Reads one line.
     *
     * @param line one JSON object, without a line break at its end
     * @param positionIfAbsent the position of an event that carries none
     * @throws UnfitChange if the line is not JSON, not an event, of an unknown type, with a shape or a snapshot that is none, or
     *     with a value that no column of Snowflake can hold
     */
    public Change read(String line, Position positionIfAbsent) {
        ObjectNode event = parse(line);
        if (HALF_A_CHARACTER.matcher(line).find()) {
            Values.checkTexts(event);
        }
        TableId table = new TableId(text(event, "schema"), text(event, "table"));
        String typeName = text(event, "type");
        ChangeType type = ChangeType.named(typeName)
                .orElseThrow(() -> new UnfitChange(
                        UNKNOWN_TYPE, "The event's type is '" + typeName + "', which Floe does not know"));
        if (event.path("mark") instanceof ObjectNode mark) {
            return mark(table, mark, positionIfAbsent);
        }
        Position position = event.has("position") ? position(text(event, "position")) : positionIfAbsent;
        if (type == ChangeType.SNAPSHOT) {
            return new SnapshotChange(table, mark(event), position, time(event));
        }
        if (!type.ofRow()) {
            return new TableChange(table, type, type == ChangeType.QUERY ? shape(event) : null, position, time(event));
        }
        if (event.has("reference")) {
            return new RowReference(table, type, position, text(event, "reference"));
        }
        JsonNode row = event.path("row");
        boolean snapshot = event.path(OF_SNAPSHOT).asBoolean();
        long committed = snapshot ? 0 : time(event);
        List<String> key = key(event);
        return switch (type) {
            case WRITE -> new RowChange(table, type, null, image(row, "values"), position, snapshot, committed, key);
            case DELETE -> new RowChange(table, type, image(row, "values"), null, position, snapshot, committed, key);
            default ->
                new RowChange(
                        table,
                        type,
                        image(row, "before_values"),
                        image(row, "after_values"),
                        position,
                        snapshot,
                        committed,
                        key);
        };
    }

    private static ObjectNode parse(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnfitChange(
                        NOT_AN_EVENT,
                        "The line is a JSON " + kind(JSON.readTree(json)) + "; a change event is a JSON object");
            }
            ObjectNode event = JSON.createObjectNode();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "schema",
                            "table",
                            "type",
                            "row",
                            "key",
                            "position",
                            "reference",
                            "shape",
                            "snapshot",
                            "mark" -> event.set(field, JSON.readTree(json));
                    case "source" -> readSource(json, event);
                    default -> json.skipChildren();
                }
            }
            JsonToken behind = json.nextToken();
            if (behind == JsonToken.START_OBJECT) {
                throw new UnfitChange(
                        NOT_JSON,
                        "The line holds several events: Firehose puts no delimiter behind records. Switch on its processor"
                                + " AppendDelimiterToRecord; 'floe replay' then takes this line apart");
            }
            if (behind != null) {
                throw new UnfitChange(NOT_JSON, "The line is not JSON: something follows the object");
            }
            return event;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new UnfitChange(
                    NOT_JSON,
                    "The line is not JSON" + (at == null ? "" : " at column " + at.getColumnNr()) + ": "
                            + e.getOriginalMessage());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new UnfitChange(NOT_JSON, "The line holds a number whose exponent is out of all bounds");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the source block to its end; all but two of its fields are for people. */
    private static void readSource(JsonParser json, ObjectNode event) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("snapshot") && value == JsonToken.VALUE_TRUE) {
                    event.put(OF_SNAPSHOT, true);
                } else if (field.equals("ts_ms")
                        && value == JsonToken.VALUE_NUMBER_INT
                        && json.getTextLength() <= LONGEST_TIME) {
                    event.put("ts_ms", json.getLongValue());
                }
                json.skipChildren();
            }
        } else {
            json.skipChildren();
        }
    }

    private static String text(JsonNode event, String field) {
        JsonNode value = event.path(field);
        if (!value.isTextual()) {
            throw new UnfitChange(
                    NOT_AN_EVENT, "The event's field '" + field + "' is " + kind(value) + "; it should be a string");
        }
        return value.textValue();
    }

    /** The table that resulted; null if the event has none. */
    private static TableShape shape(JsonNode event) {
        JsonNode shape = event.path("shape");
        if (shape.isMissingNode() || shape.isNull()) {
            return null;
        }
        try {
            return ShapeJson.read(shape);
        } catch (IllegalArgumentException e) {
            throw new UnfitChange(NOT_AN_EVENT, "The event's field 'shape' is damaged: " + e.getMessage());
        }
    }

    /** What a snapshot's event tells; one that says nothing ends all lanes, as those of Floe 0.1 do. */
    private static SnapshotMark mark(JsonNode event) {
        JsonNode snapshot = event.path("snapshot");
        if (snapshot.isMissingNode()) {
            return SnapshotMark.WHOLE_END;
        }
        String step = snapshot.path("step").asText();
        try {
            return new SnapshotMark(
                    SnapshotMark.Step.named(step)
                            .orElseThrow(() -> new IllegalArgumentException("its step is '" + step + "'")),
                    number(snapshot.path("lane")),
                    number(snapshot.path("lanes")));
        } catch (IllegalArgumentException e) {
            throw new UnfitChange(NOT_AN_EVENT, "The event's field 'snapshot' is damaged: " + e.getMessage());
        }
    }

    private static RecordMark mark(TableId table, ObjectNode mark, Position position) {
        try {
            return new RecordMark(
                    table,
                    position,
                    text(mark, "run"),
                    mark.path("lane").asInt(-1),
                    mark.path("number").asLong(),
                    mark.has("stream") ? heartbeat(mark) : null);
        } catch (IllegalArgumentException e) {
            throw new UnfitChange(NOT_AN_EVENT, "The event's field 'mark' is damaged: " + e.getMessage());
        }
    }

    private static Heartbeat heartbeat(ObjectNode mark) {
        List<TableId> tables = null;
        if (mark.path("tables") instanceof ArrayNode named) {
            tables = new ArrayList<>();
            for (JsonNode table : named) {
                tables.add(new TableId(text(table, "schema"), text(table, "table")));
            }
        }
        StoredMarks before = null;
        if (mark.path("before") instanceof ObjectNode run) {
            List<Long> numbers = new ArrayList<>();
            run.path("numbers").forEach(number -> numbers.add(number.asLong()));
            before = new StoredMarks(text(run, "run"), numbers);
        }
        return new Heartbeat(
                text(mark, "stream"),
                mark.path("at").asLong(),
                mark.has("position") ? position(text(mark, "position")) : null,
                tables,
                before);
    }

    /** A number; 0 where there is none, and a negative one for what is no whole number. */
    private static int number(JsonNode value) {
        return value.isMissingNode() ? 0 : value.canConvertToInt() && value.isIntegralNumber() ? value.intValue() : -1;
    }

    /** The source's time, in milliseconds since 1970; 0 if the event has none. */
    private static long time(JsonNode event) {
        return event.path("ts_ms").asLong();
    }

    /** The names of the key's columns; none if the event does not say. */
    private static List<String> key(JsonNode event) {
        List<String> key = new ArrayList<>();
        event.path("key").forEach(column -> key.add(column.asText()));
        return key;
    }

    private static ObjectNode image(JsonNode row, String field) {
        if (row.path(field) instanceof ObjectNode image) {
            Values.checkNumbers(image);
            return image;
        }
        throw new UnfitChange(
                NOT_AN_EVENT,
                "The event's field 'row." + field + "' is " + kind(row.path(field))
                        + "; it should be an object of column values");
    }

    private static Position position(String text) {
        try {
            return Position.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnfitChange(NOT_AN_EVENT, e.getMessage());
        }
    }

    private static String kind(JsonNode node) {
        return node.getNodeType() == JsonNodeType.MISSING
                ? "missing"
                : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
