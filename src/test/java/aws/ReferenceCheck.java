package aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds references to what is not there, or not always there, and what nothing refers to.
 *
 * <p>What has a condition may be referred to only where the same condition holds.
 */
final class ReferenceCheck {

    private final Template template;
    private final Specification specification;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    private ReferenceCheck(Template template, Specification specification) {
        this.template = template;
        this.specification = specification;
    }

    static List<String> run(Template template, Specification specification) {
        ReferenceCheck check = new ReferenceCheck(template, specification);
        check.all();
        return check.problems;
    }

    private void all() {
        template.root().path("Rules").properties().forEach(rule -> walk(rule.getKey(), rule.getValue(), Set.of()));
        template.conditions()
                .properties()
                .forEach(condition -> walk(condition.getKey(), condition.getValue(), Set.of()));
        template.resources().properties().forEach(resource -> {
            Set<String> holding = conditionOf(resource.getKey(), resource.getValue());
            walk(resource.getKey(), resource.getValue().path("Properties"), holding);
            for (JsonNode other : list(resource.getValue().path("DependsOn"))) {
                resource(resource.getKey(), other.asText(), holding);
            }
        });
        template.outputs()
                .properties()
                .forEach(output ->
                        walk(output.getKey(), output.getValue(), conditionOf(output.getKey(), output.getValue())));
        unused("parameter", template.parameters());
        unused("condition", template.conditions());
    }

    private Set<String> conditionOf(String where, JsonNode part) {
        if (!part.has("Condition")) {
            return Set.of();
        }
        String condition = part.path("Condition").asText();
        condition(where, condition);
        return Set.of(condition);
    }

    private void walk(String where, JsonNode node, Set<String> holding) {
        if (!Functions.isCall(node)) {
            node.properties().forEach(field -> walk(where + "." + field.getKey(), field.getValue(), holding));
            if (node.isArray()) {
                node.forEach(item -> walk(where, item, holding));
            }
            return;
        }
        JsonNode argument = Functions.argument(node);
        switch (Functions.name(node)) {
            case "Ref" -> reference(where, argument.asText(), holding);
            case "Condition" -> condition(where, argument.asText());
            case "Fn::GetAtt" ->
                attribute(where, argument.path(0).asText(), argument.path(1).asText(), holding);
            case "Fn::Sub" -> text(where, argument.isArray() ? argument.path(0) : argument, holding);
            case "Fn::If" -> {
                String condition = argument.path(0).asText();
                condition(where, condition);
                Set<String> then = new HashSet<>(holding);
                then.add(condition);
                walk(where, argument.path(1), then);
                walk(where, argument.path(2), holding);
            }
            default -> walk(where, argument, holding);
        }
    }

    private void text(String where, JsonNode text, Set<String> holding) {
        for (String name : Functions.placeholders(text.asText())) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                reference(where, name, holding);
            } else {
                attribute(where, name.substring(0, dot), name.substring(dot + 1), holding);
            }
        }
    }

    private void reference(String where, String name, Set<String> holding) {
        used.add(name);
        if (!Functions.PSEUDO_PARAMETERS.contains(name)
                && !template.parameters().has(name)) {
            resource(where, name, holding);
        }
    }

    private void attribute(String where, String name, String attribute, Set<String> holding) {
        resource(where, name, holding);
        String type = template.resources().path(name).path("Type").asText();
        if (specification.knows(type)
                && specification.attribute(type, attribute).isMissingNode()) {
            problems.add(where + " asks for " + attribute + " of " + name + ", which " + type + " does not have");
        }
    }

    private void resource(String where, String name, Set<String> holding) {
        JsonNode resource = template.resources().path(name);
        if (resource.isMissingNode()) {
            problems.add(where + " refers to " + name + ", which is not there");
        } else if (resource.has("Condition")
                && !holding.contains(resource.path("Condition").asText())) {
            problems.add(where + " refers to " + name + ", which is not always there");
        }
    }

    private void condition(String where, String name) {
        used.add(name);
        if (!template.conditions().has(name)) {
            problems.add(where + " refers to the condition " + name + ", which is not there");
        }
    }

    private void unused(String what, JsonNode named) {
        named.fieldNames().forEachRemaining(name -> {
            if (!used.contains(name)) {
                problems.add("Nothing uses the " + what + " " + name);
            }
        });
    }

    private static Iterable<JsonNode> list(JsonNode oneOrMore) {
        return oneOrMore.isTextual() ? List.of(oneOrMore) : oneOrMore;
    }
}
