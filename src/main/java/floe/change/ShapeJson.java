package floe.change;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The form that a {@link TableShape} has in an event: what is null, false or empty is left out, except for nullable. */
public final class ShapeJson {

    private ShapeJson() {}

    /** Writes the form as a value. */
    public static void write(TableShape shape, JsonGenerator json) throws IOException {
        json.writeStartObject();
        texts("key", shape.key(), json);
        if (shape.made() != null) {
            json.writeStringField("made", shape.made().eventName());
        }
        json.writeArrayFieldStart("columns");
        for (Column column : shape.columns()) {
            write(column, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Column column, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.type());
        if (column.unsigned()) {
            json.writeBooleanField("unsigned", true);
        }
        number("length", column.length(), json);
        number("precision", column.precision(), json);
        number("scale", column.scale(), json);
        number("fraction", column.fraction(), json);
        json.writeBooleanField("nullable", column.nullable());
        if (column.generated()) {
            json.writeBooleanField("generated", true);
        }
        if (column.defaultValue() != null) {
            json.writeStringField("default", column.defaultValue());
        }
        if (column.expression()) {
            json.writeBooleanField("expression", true);
        }
        if (column.charset() != null) {
            json.writeStringField("charset", column.charset());
        }
        if (!column.members().isEmpty()) {
            texts("members", column.members(), json);
        }
        json.writeEndObject();
    }

    private static void texts(String field, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void number(String field, Number value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeNumberField(field, value.longValue());
        }
    }

    /**
     * Reads it back; fields that Floe does not know are ignored.
     *
     * @throws IllegalArgumentException if it is damaged; the message says what
     */
    public static TableShape read(JsonNode shape) {
        if (!shape.isObject() || !shape.path("columns").isArray()) {
            throw new IllegalArgumentException("it should be an object with an array of columns");
        }
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : shape.path("columns")) {
            columns.add(column(column));
        }
        MadeKey made = MadeKey.named(text(shape, "made")).orElse(null);
        return new TableShape(texts(shape, "key"), columns, made);
    }

    private static Column column(JsonNode column) {
        String name = text(column, "name");
        String type = text(column, "type");
        if (name == null || type == null || !column.has("nullable")) {
            throw new IllegalArgumentException("a column should have a name, a type, and whether it is nullable");
        }
        return Column.named(name, type)
                .unsigned(flag(column, "unsigned"))
                .length(number(column, "length"))
                .precision(integer(column, "precision"))
                .scale(integer(column, "scale"))
                .fraction(integer(column, "fraction"))
                .nullable(flag(column, "nullable"))
                .generated(flag(column, "generated"))
                .defaultValue(text(column, "default"))
                .expression(flag(column, "expression"))
                .charset(text(column, "charset"))
                .members(texts(column, "members"))
                .build();
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value != null && !value.isTextual()) {
            throw wrong(field, "a string");
        }
        return value == null ? null : value.textValue();
    }

    private static boolean flag(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value != null && !value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value != null && value.booleanValue();
    }

    private static Long number(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw wrong(field, "an integer");
        }
        return value == null ? null : Long.valueOf(value.longValue());
    }

    private static Integer integer(JsonNode object, String field) {
        Long value = number(object, field);
        if (value != null && value.intValue() != value) {
            throw wrong(field, "a smaller integer");
        }
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    private static List<String> texts(JsonNode object, String field) {
        JsonNode values = object.get(field);
        if (values == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            texts.add(value.textValue());
        }
        if (!values.isArray() || texts.contains(null)) {
            throw wrong(field, "an array of strings");
        }
        return texts;
    }

    private static IllegalArgumentException wrong(String field, String right) {
        return new IllegalArgumentException("its field '" + field + "' should be " + right);
    }
}
