package floe.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.util.TimeUtils;

/**
 * The configuration, read by key through Camel's properties: the same keys work in Quarkus, in Camel Main and in Camel
 * JBang, from a file, the environment or system properties.
 *
 * <p>Every method throws {@link WrongSetting} where a key is missing or holds what it cannot.
 */
public final class Settings {

    private static final Pattern LAST_LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");

    private final CamelContext camel;

    public Settings(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * The text under {@code key}, stripped.
     *
     * @param should what it should be, for the message when it is missing or blank
     */
    public String text(String key, String should) {
        return optional(key).orElseThrow(() -> new WrongSetting(key, "", should));
    }

    /** The text under {@code key}, or nothing if it is missing or blank. */
    public Optional<String> optional(String key) {
        return camel.getPropertiesComponent()
                .resolveProperty(key)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /**
     * The secret under {@code key}, or in the file that {@code key-file} names, without the line ends that close it.
     *
     * @param should what it should be, for the message when both are missing or blank
     */
    public String secret(String key, String should) {
        return optionalSecret(key)
                .orElseThrow(() -> new WrongSetting(
                        key, "", should + ", from the environment, or from the file that " + key + "-file names"));
    }

    /** The same, or nothing if both are missing or blank. */
    public Optional<String> optionalSecret(String key) {
        String fileKey = key + "-file";
        Optional<String> file = optional(fileKey);
        if (file.isEmpty()) {
            return optional(key);
        }
        if (optional(key).isPresent()) {
            throw new WrongSetting(fileKey, file.get(), "empty where " + key + " is set, or that one empty");
        }
        return Optional.of(contents(fileKey, file.get()));
    }

    private static String contents(String fileKey, String file) {
        try {
            String secret =
                    LAST_LINE_ENDS.matcher(Files.readString(Path.of(file))).replaceFirst("");
            if (!secret.isBlank()) {
                return secret;
            }
        } catch (IOException | InvalidPathException e) {
            // Told below, together with a file that is empty.
        }
        throw new WrongSetting(fileKey, file, "the name of a file that Floe can read and that holds the secret alone");
    }

    /** The whole number under {@code key}, which must be from {@code least} to {@code greatest}. */
    public int number(String key, int least, int greatest) {
        String should = "a whole number from " + least + " to " + greatest;
        String text = text(key, should);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with a number out of range.
        }
        throw new WrongSetting(key, text, should);
    }

    /** The time under {@code key}: milliseconds, or a number with a unit such as 500ms, 10s, 5m or 1h. */
    public Duration duration(String key) {
        String should = "a time such as 500ms, 10s, 5m or 1h";
        String text = text(key, should);
        try {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Camel's parser fails in several ways, none of which names the setting.
            throw new WrongSetting(key, text, should);
        }
    }

    /** Whether {@code key} is {@code true}; anything but {@code true} and {@code false} is wrong. */
    public boolean flag(String key) {
        String text = text(key, "true or false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new WrongSetting(key, text, "true or false");
        };
    }

    /** The choice under {@code key}: a name of {@code choices} in lower case, with dashes for underscores. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> choices) {
        List<String> names = Arrays.stream(choices.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        String should = "one of " + String.join(", ", names);
        String text = text(key, should);
        int index = names.indexOf(text);
        if (index < 0) {
            throw new WrongSetting(key, text, should);
        }
        return choices.getEnumConstants()[index];
    }

    /** The comma-separated items under {@code key}, each stripped; at least one. */
    public List<String> list(String key, String should) {
        List<String> items = Arrays.stream(text(key, should).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (items.isEmpty()) {
            throw new WrongSetting(key, "", should);
        }
        return items;
    }

    /** All settings whose key starts with {@code prefix}, by the rest of their key, in its order. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        Properties loaded = camel.getPropertiesComponent().loadProperties(key -> key.startsWith(prefix));
        // Camel's Properties do not override forEach, which therefore sees nothing.
        for (String key : loaded.stringPropertyNames()) {
            found.put(key.substring(prefix.length()), loaded.getProperty(key));
        }
        return found;
    }
}
