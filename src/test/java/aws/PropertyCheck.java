package aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds resources, properties and values that CloudFormation's specification does not allow. */
final class PropertyCheck {

    private static final Set<String> OF_A_RESOURCE =
            Set.of("Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata");

    /** Functions that give a text. */
    private static final Set<String> TEXT =
            Set.of("Fn::Sub", "Fn::Join", "Fn::ImportValue", "Fn::Select", "Fn::FindInMap", "Fn::Base64");

    private final Template template;
    private final Specification specification;
    private final List<String> problems = new ArrayList<>();

    private PropertyCheck(Template template, Specification specification) {
        this.template = template;
        this.specification = specification;
    }

    static List<String> run(Template template, Specification specification) {
        PropertyCheck check = new PropertyCheck(template, specification);
        template.resources().properties().forEach(resource -> check.resource(resource.getKey(), resource.getValue()));
        return check.problems;
    }

    private void resource(String name, JsonNode resource) {
        resource.fieldNames().forEachRemaining(field -> {
            if (!OF_A_RESOURCE.contains(field)) {
                problems.add(name + "." + field + " is no part of a resource");
            }
        });
        String type = resource.path("Type").asText();
        if (specification.knows(type)) {
            properties(name, resource.path("Properties"), specification.properties(type));
        } else {
            problems.add(name + " is of type " + type + ", which is unknown");
        }
    }

    private void properties(String where, JsonNode properties, JsonNode known) {
        properties.properties().forEach(property -> {
            String path = where + "." + property.getKey();
            if (known.has(property.getKey())) {
                value(path, property.getValue(), known.path(property.getKey()).path("type"));
            } else {
                problems.add(path + " is unknown");
            }
        });
        known.properties().forEach(property -> {
            if (property.getValue().path("required").asBoolean()
                    && (!properties.has(property.getKey())
                            || Functions.isNothing(properties.path(property.getKey())))) {
                problems.add(where + "." + property.getKey() + " is missing");
            }
        });
    }

    private void value(String where, JsonNode value, JsonNode type) {
        if (Functions.isNothing(value)) {
            return;
        }
        if (Functions.isCall(value) && !type.asText().equals("json")) {
            call(where, value, type);
        } else if (type.isTextual()) {
            primitive(where, value, type.textValue());
        } else if (type.has("enum")) {
            oneOf(where, value, type.path("enum"));
        } else if (type.has("ref")) {
            require(where, value.isObject(), value, "an object");
            properties(where, value, specification.propertiesOf(type.path("ref").asText()));
        } else if (type.has("array")) {
            require(where, value.isArray(), value, "a list");
            for (int i = 0; i < value.size(); i++) {
                value(where + "[" + i + "]", value.path(i), type.path("array"));
            }
        } else if (type.has("map")) {
            require(where, value.isObject(), value, "an object");
            value.properties()
                    .forEach(entry -> value(where + "." + entry.getKey(), entry.getValue(), type.path("map")));
        } else {
            union(where, value, type.path("union"));
        }
    }

    private void union(String where, JsonNode value, JsonNode types) {
        List<String> before = List.copyOf(problems);
        List<String> first = null;
        for (JsonNode type : types) {
            value(where, value, type);
            List<String> found = List.copyOf(problems.subList(before.size(), problems.size()));
            problems.subList(before.size(), problems.size()).clear();
            if (found.isEmpty()) {
                return;
            }
            first = first == null ? found : first;
        }
        problems.addAll(first);
    }

    private void primitive(String where, JsonNode value, String type) {
        switch (type) {
            case "string", "date-time" -> require(where, value.isTextual(), value, "text");
            case "integer" -> require(where, value.isIntegralNumber(), value, "a whole number");
            case "number" -> require(where, value.isNumber(), value, "a number");
            case "boolean" -> require(where, value.isBoolean(), value, "true or false");
            case "json" -> require(where, value.isObject(), value, "an object");
            case "tag" -> require(where, value.has("Key") && value.has("Value") && value.size() == 2, value, "a tag");
            default -> throw new IllegalStateException("The specification has the type " + type);
        }
    }

    private void oneOf(String where, JsonNode value, JsonNode allowed) {
        for (JsonNode one : allowed) {
            if (one.isTextual() == value.isTextual() && one.asText().equals(value.asText())) {
                return;
            }
        }
        problems.add(where + " is " + value + "; it should be one of " + allowed);
    }

    private void call(String where, JsonNode call, JsonNode type) {
        JsonNode argument = Functions.argument(call);
        switch (Functions.name(call)) {
            case "Fn::If" -> {
                value(where, argument.path(1), type);
                value(where, argument.path(2), type);
            }
            case "Ref" -> reference(where, argument.asText(), type);
            case "Fn::GetAtt" -> {
                String resource = template.resources()
                        .path(argument.path(0).asText())
                        .path("Type")
                        .asText();
                JsonNode given =
                        specification.attribute(resource, argument.path(1).asText());
                require(where, given.isMissingNode() || isText(given) == isText(type), call, type.toString());
            }
            default -> require(where, TEXT.contains(Functions.name(call)) && isText(type), call, type.toString());
        }
    }

    private void reference(String where, String name, JsonNode type) {
        JsonNode parameter = template.parameters().path(name);
        JsonNode allowed = parameter.path("AllowedValues");
        switch (parameter.path("Type").asText("String")) {
            case "Number" ->
                require(where, isNumber(type) || type.asText().equals("string"), parameter, type.toString());
            case "CommaDelimitedList" -> require(where, type.has("array"), parameter, type.toString());
            default -> {
                if (type.asText().equals("boolean")) {
                    require(where, allowed.toString().equals("[\"true\",\"false\"]"), parameter, "true or false");
                } else if (type.has("enum")) {
                    allowed.forEach(value -> oneOf(where, value, type.path("enum")));
                } else {
                    require(where, isText(type), parameter, type.toString());
                }
            }
        }
    }

    private static boolean isNumber(JsonNode type) {
        return type.asText().equals("integer") || type.asText().equals("number");
    }

    private static boolean isText(JsonNode type) {
        if (type.has("union")) {
            for (JsonNode one : type.path("union")) {
                if (isText(one)) {
                    return true;
                }
            }
        }
        return type.asText().equals("string") || type.has("enum");
    }

    private void require(String where, boolean fits, JsonNode value, String should) {
        if (!fits) {
            problems.add(where + " is " + value + "; it should be " + should);
        }
    }
}
