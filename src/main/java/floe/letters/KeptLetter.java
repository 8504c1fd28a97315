package floe.letters;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.LongText;
import floe.change.Position;
import floe.change.TableId;
import floe.staging.StagedFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A dead letter as it is kept: one JSON object on one line. This class alone knows its fields.
 *
 * @param file the key of the staged file that held the event
 * @param line the number of its line there, from 1
 * @param reason the code of the reason
 * @param time when it was given up
 * @param position that of the event, if it carries none; empty where the letter does not tell
 * @param whole whether {@code event} is what the file held, rather than a part or an approximation
 * @param event its text
 * @param text the letter itself, without a line break; also what a newer version may have put there
 */
record KeptLetter(
        String file,
        long line,
        String reason,
        Instant time,
        String position,
        boolean whole,
        String event,
        String text) {

    private static final JsonMapper JSON = new JsonMapper(LongText.json());

    private static final String FILE = "file";
    private static final String LINE = "line";
    private static final String REASON = "reason";
    private static final String MESSAGE = "message";
    private static final String TIME = "time";
    private static final String POSITION = "position";
    private static final String DAMAGED = "damaged";
    private static final String EVENT = "event";

    /**
     * Writes a letter, without a line break.
     *
     * @param position what the event has for a position if it carries none
     * @param now when it is given up
     */
    static String write(StagedFile file, DeadLetter letter, Position position, Instant now) {
        ObjectNode json = JSON.createObjectNode();
        json.put(FILE, file.key());
        json.put(LINE, letter.line());
        json.put(REASON, letter.reason().name());
        json.put(MESSAGE, letter.message());
        json.put(TIME, now.toString());
        json.put(POSITION, position.toString());
        if (!letter.whole()) {
            json.put(DAMAGED, true);
        }
        json.put(EVENT, letter.event());
        return json.toString();
    }

    /**
     * Reads a letter.
     *
     * @throws IllegalArgumentException if the text is no letter
     */
    static KeptLetter read(String text) {
        JsonNode json = parsed(text);
        if (!json.path(EVENT).isTextual() || !json.path(TIME).isTextual()) {
            throw new IllegalArgumentException("A dead letter has an event and a time");
        }
        return new KeptLetter(
                json.path(FILE).asText(),
                json.path(LINE).asLong(),
                json.path(REASON).asText(),
                time(json.path(TIME).textValue()),
                json.path(POSITION).asText(),
                !json.path(DAMAGED).asBoolean(),
                json.path(EVENT).textValue(),
                json.toString());
    }

    /** The table that the event names; null if it names none. */
    TableId table() {
        JsonNode parsed = parsed(event);
        JsonNode schema = parsed.path("schema");
        JsonNode table = parsed.path("table");
        return schema.isTextual() && table.isTextual() ? new TableId(schema.textValue(), table.textValue()) : null;
    }

    /**
     * The event with the position it had: where it carries none, that of its file and line is written into its text. Where the
     * line holds several events with nothing between them, each is a line, in their order; those without a position count on.
     */
    String positionedEvents() {
        List<String> events = events();
        if (events.size() < 2 || position.isEmpty()) {
            return events.stream().map(text -> positioned(text, position)).collect(joining("\n"));
        }
        Position first = Position.parse(position);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            lines.append(i == 0 ? "" : "\n")
                    .append(positioned(events.get(i), first.linesLater(i).toString()));
        }
        return lines.toString();
    }

    /** The objects that stand one behind the other in the line; the whole line if it holds anything else. */
    private List<String> events() {
        List<String> events = new ArrayList<>();
        try (JsonParser json = JSON.createParser(event)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) json.currentTokenLocation().getCharOffset();
                json.skipChildren();
                events.add(event.substring(start, (int) json.currentLocation().getCharOffset()));
            }
            return json.currentToken() == null && !events.isEmpty() ? events : List.of(event);
        } catch (IOException e) {
            return List.of(event);
        }
    }

    private static String positioned(String event, String position) {
        JsonNode parsed = parsed(event);
        if (!parsed.isObject() || parsed.isEmpty() || parsed.has("position") || position.isEmpty()) {
            return event;
        }
        return "{\"position\":\"" + position + "\"," + event.substring(event.indexOf('{') + 1);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
