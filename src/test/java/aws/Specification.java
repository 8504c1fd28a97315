package aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/** What CloudFormation's resource types are made of; {@code cloudformation/README.md} tells the form. */
record Specification(JsonNode root) {

    static Specification read() throws IOException {
        try (InputStream file = Specification.class.getResourceAsStream("/cloudformation/specification.json")) {
            return new Specification(new JsonMapper().readTree(file));
        }
    }

    boolean knows(String resourceType) {
        return root.path("resources").has(resourceType);
    }

    /** The properties of a resource type by name: each has a {@code type}, and perhaps {@code required}. */
    JsonNode properties(String resourceType) {
        return root.path("resources").path(resourceType).path("properties");
    }

    /** The type of what Fn::GetAtt gives; missing if there is no such attribute. */
    JsonNode attribute(String resourceType, String name) {
        return root.path("resources").path(resourceType).path("attributes").path(name);
    }

    /** The properties of a type within a resource type. */
    JsonNode propertiesOf(String ref) {
        return root.path("types").path(ref);
    }
}
