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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration, read by key.
 *
 * <p>Every method throws {@link WrongSetting} where a key is missing or holds what it cannot. Each stage reads its keys
 * once, at start, into one immutable record. May be used by several threads.
 */
public final class Settings {

    private static final Pattern LAST_LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");

    /** A number alone is milliseconds. What Camel takes besides, such as 5x or PT5S, it would take for no time at all. */
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)?");

    private final Lookup lookup;

    public Settings(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The same, once it is certain that every key which looks like one of Floe's is one.
     *
     * @throws WrongSetting if a key does not exist, with the nearest that does
     */
    public static Settings checked(Lookup lookup) {
        new UnknownSettings(ShippedSettings.read())
                .check(lookup.keys(), System.getenv().keySet());
        return new Settings(lookup);
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
        return lookup.value(key).map(String::strip).filter(text -> !text.isEmpty());
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

    /** The time under {@code key}: milliseconds, or a whole number with a unit such as 500ms, 10s, 5m, 1h or 1d. */
    public Duration duration(String key) {
        String should = "a time such as 500ms, 10s, 5m or 1h";
        String text = text(key, should);
        Matcher time = DURATION.matcher(text);
        if (!time.matches()) {
            throw new WrongSetting(key, text, should);
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2) == null ? "ms" : time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMillis(number);
        };
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
        for (String key : lookup.keys()) {
            if (key.startsWith(prefix)) {
                lookup.value(key).ifPresent(value -> found.put(key.substring(prefix.length()), value));
            }
        }
        return found;
    }
}
