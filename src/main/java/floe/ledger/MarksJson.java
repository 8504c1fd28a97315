package floe.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.Position;
import floe.change.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The form that {@link Marks} have in an object: what is not known is left out. */
final class MarksJson {

    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MarksJson() {}

    static byte[] write(Marks marks) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("begun", marks.begun());
        marks.streams().forEach(json.putObject("streams")::put);
        marks.gone().forEach(json.putObject("gone")::put);
        ObjectNode runs = json.putObject("runs");
        marks.runs().forEach((name, run) -> write(run, runs.putObject(name)));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(RunMarks run, ObjectNode json) {
        json.put("seen", run.seen());
        put("stream", run.stream(), json);
        put("previous", run.previous(), json);
        if (run.first() != Long.MAX_VALUE) {
            json.put("first", run.first());
        }
        if (run.end() != null) {
            ObjectNode end = json.putObject("end");
            end.put("at", run.end().at());
            put("position", run.end().position(), end);
            ObjectNode stored = end.putObject("stored");
            run.end().stored().forEach((lane, number) -> stored.put(Integer.toString(lane), number));
        }
        ObjectNode lanes = json.putObject("lanes");
        run.lanes().forEach((lane, marks) -> write(marks, lanes.putObject(Integer.toString(lane))));
    }

    private static void write(LaneMarks lane, ObjectNode json) {
        if (lane.countedFrom() != Long.MAX_VALUE) {
            json.put("from", lane.countedFrom());
        }
        ArrayNode numbers = json.putArray("numbers");
        lane.numbers().ranges().forEach(range -> numbers.add(range.from()).add(range.to()));
        ArrayNode heartbeats = json.putArray("heartbeats");
        for (Beat beat : lane.beats().values()) {
            ObjectNode heartbeat = heartbeats.addObject();
            heartbeat.put("number", beat.number());
            heartbeat.put("at", beat.at());
            put("position", beat.position(), heartbeat);
            if (beat.tables() != null) {
                ArrayNode tables = heartbeat.putArray("tables");
                beat.tables().forEach(table -> tables.add(table.toString()));
            }
        }
    }

    private static void put(String field, Object value, ObjectNode json) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }

    /**
     * Reads it back.
     *
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if it is anything else than a ledger of this version
     */
    static Marks read(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        if (number(json, "version") != VERSION) {
            throw new IllegalArgumentException("its version is " + json.path("version") + " and not " + VERSION);
        }
        Marks marks = new Marks(number(json, "begun"));
        each(json, "streams").forEach((name, since) -> marks.streams().put(name, number(since)));
        each(json, "gone").forEach((name, since) -> marks.gone().put(name, number(since)));
        each(json, "runs").forEach((name, run) -> marks.runs().put(name, run(run)));
        return marks;
    }

    private static RunMarks run(JsonNode json) {
        RunMarks run = new RunMarks();
        run.see(number(json, "seen"));
        long first = json.has("first") ? number(json, "first") : Long.MAX_VALUE;
        run.toldBy(first, text(json, "stream"), text(json, "previous"));
        if (json.has("end")) {
            JsonNode end = json.get("end");
            SortedMap<Integer, Long> stored = new TreeMap<>();
            each(end, "stored").forEach((lane, number) -> stored.put(Integer.valueOf(lane), number(number)));
            run.ended(new RunMarks.End(number(end, "at"), position(end), stored));
        }
        each(json, "lanes").forEach((lane, marks) -> read(marks, run.lane(Integer.parseInt(lane))));
        return run;
    }

    private static void read(JsonNode json, LaneMarks lane) {
        if (json.has("from")) {
            lane.countFrom(number(json, "from"));
        }
        JsonNode numbers = json.path("numbers");
        for (int i = 0; i < numbers.size(); i += 2) {
            lane.numbers().add(number(numbers.get(i)), number(numbers.path(i + 1)));
        }
        for (JsonNode beat : json.path("heartbeats")) {
            lane.add(new Beat(number(beat, "number"), number(beat, "at"), position(beat), tables(beat)));
        }
    }

    private static Position position(JsonNode json) {
        String position = text(json, "position");
        return position == null ? null : Position.parse(position);
    }

    private static List<TableId> tables(JsonNode json) {
        if (!json.has("tables")) {
            return null;
        }
        List<TableId> tables = new ArrayList<>();
        json.get("tables").forEach(table -> tables.add(TableId.parse(table.asText())));
        return List.copyOf(tables);
    }

    private static Map<String, JsonNode> each(JsonNode json, String field) {
        JsonNode object = json.path(field);
        if (!object.isObject()) {
            throw new IllegalArgumentException("it should have an object " + field);
        }
        Map<String, JsonNode> each = new TreeMap<>();
        object.properties().forEach(entry -> each.put(entry.getKey(), entry.getValue()));
        return each;
    }

    private static String text(JsonNode json, String field) {
        return json.has(field) ? json.get(field).asText() : null;
    }

    private static long number(JsonNode json, String field) {
        if (!json.path(field).isIntegralNumber()) {
            throw new IllegalArgumentException("it should have a number " + field);
        }
        return number(json.get(field));
    }

    private static long number(JsonNode json) {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw new IllegalArgumentException("'" + json + "' should be a number");
        }
        return json.longValue();
    }
}
