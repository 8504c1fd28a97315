package floe.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the application's own {@code application.properties} says: every setting there is, with its default and with the
 * comment above it, which is its documentation.
 */
public final class ShippedSettings {

    private static final String FILE = "/application.properties";

    /**
     * One setting.
     *
     * @param key its key
     * @param value its default; blank for none
     * @param meaning the comment above it, in one line; empty for none
     */
    public record Setting(String key, String value, String meaning) {}

    private final Map<String, Setting> byKey;

    private ShippedSettings(Map<String, Setting> byKey) {
        this.byKey = byKey;
    }

    /** Reads them from the class path, in the order of the file. */
    public static ShippedSettings read() {
        try (InputStream file = ShippedSettings.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return new ShippedSettings(parse(lines.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, Camel's and Quarkus' included, in the order of the file. */
    public List<Setting> all() {
        return List.copyOf(byKey.values());
    }

    /** Floe's own. */
    public List<Setting> own() {
        return byKey.values().stream().filter(setting -> isOwn(setting.key())).toList();
    }

    /** The first part of each of Floe's own keys, such as {@code capture}. */
    Set<String> nameSpaces() {
        return own().stream()
                .map(setting -> setting.key().substring(0, setting.key().indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    private static boolean isOwn(String key) {
        return !key.startsWith("camel.") && !key.startsWith("quarkus.");
    }

    /** The file is ours: no continued lines, no escapes, {@code =} right after the key. A blank line ends a comment. */
    private static Map<String, Setting> parse(List<String> lines) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        List<String> comment = new ArrayList<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.startsWith("#")) {
                comment.add(line.substring(1).strip());
            } else {
                if (equals > 0) {
                    String key = line.substring(0, equals);
                    settings.put(key, new Setting(key, line.substring(equals + 1), String.join(" ", comment)));
                }
                comment.clear();
            }
        }
        return settings;
    }
}
