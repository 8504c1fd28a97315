package aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A CloudFormation template, with functions in their long form: {@code !Ref X} is {@code {"Ref": "X"}}, {@code !GetAtt
 * X.Y} is {@code {"Fn::GetAtt": ["X", "Y"]}}.
 *
 * @param text as it is in the file
 */
record Template(String text, JsonNode root) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Template read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    /** @throws IllegalArgumentException if a name is there twice in one place */
    static Template of(String text) {
        return new Template(text, json(new Yaml(new LoaderOptions()).compose(new StringReader(text))));
    }

    /** The same with other text in place of some that must be there once. */
    Template with(String there, String instead) {
        int at = text.indexOf(there);
        if (at < 0 || text.indexOf(there, at + 1) >= 0) {
            throw new IllegalArgumentException("The template has this not once: " + there);
        }
        return of(text.replace(there, instead));
    }

    JsonNode parameters() {
        return root.path("Parameters");
    }

    JsonNode conditions() {
        return root.path("Conditions");
    }

    JsonNode resources() {
        return root.path("Resources");
    }

    JsonNode outputs() {
        return root.path("Outputs");
    }

    private static JsonNode json(Node node) {
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return plain(node);
        }
        String function = tag.substring(1);
        String name = function.equals("Ref") || function.equals("Condition") ? function : "Fn::" + function;
        JsonNode argument = plain(node);
        if (function.equals("GetAtt") && argument.isTextual()) {
            String[] parts = argument.textValue().split("\\.", 2);
            argument = JSON.arrayNode().add(parts[0]).add(parts.length > 1 ? parts[1] : "");
        }
        return JSON.objectNode().set(name, argument);
    }

    private static JsonNode plain(Node node) {
        if (node instanceof MappingNode map) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple entry : map.getValue()) {
                String key = ((ScalarNode) entry.getKeyNode()).getValue();
                if (object.has(key)) {
                    throw new IllegalArgumentException(key + " is there twice");
                }
                object.set(key, json(entry.getValueNode()));
            }
            return object;
        }
        if (node instanceof SequenceNode list) {
            ArrayNode array = JSON.arrayNode();
            list.getValue().forEach(item -> array.add(json(item)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        String value = node.getValue();
        if (Tag.INT.equals(node.getTag())) {
            return JSON.numberNode(Long.parseLong(value));
        }
        if (Tag.FLOAT.equals(node.getTag())) {
            return JSON.numberNode(Double.parseDouble(value));
        }
        if (Tag.BOOL.equals(node.getTag())) {
            return JSON.booleanNode(value.equals("true"));
        }
        return JSON.textNode(value);
    }
}
