package aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CloudFormation's functions, as they stand in a template. */
final class Functions {

    static final Set<String> PSEUDO_PARAMETERS = Set.of(
            "AWS::AccountId",
            "AWS::NoValue",
            "AWS::NotificationARNs",
            "AWS::Partition",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::URLSuffix");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private Functions() {}

    /** Whether {@code node} is a call of a function, or a reference, rather than a value. */
    static boolean isCall(JsonNode node) {
        return node.isObject() && node.size() == 1 && isName(name(node));
    }

    /** The function that {@code node} calls. */
    static String name(JsonNode node) {
        return node.fieldNames().next();
    }

    static JsonNode argument(JsonNode node) {
        return node.elements().next();
    }

    /** Whether {@code node} says that there is nothing. */
    static boolean isNothing(JsonNode node) {
        return isCall(node) && node.path("Ref").asText().equals("AWS::NoValue");
    }

    /** What a text of Fn::Sub refers to: names, or names and attributes with a dot between. */
    static List<String> placeholders(String text) {
        List<String> names = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            names.add(placeholder.group(1));
        }
        return names;
    }

    private static boolean isName(String name) {
        return name.equals("Ref") || name.equals("Condition") || name.startsWith("Fn::");
    }
}
