package k8s;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings that Floe knows: those of the application.properties that it ships. */
final class ShippedSettings {

    private ShippedSettings() {}

    static Set<String> keys() throws IOException {
        return shipped().stringPropertyNames();
    }

    static String value(String key) throws IOException {
        return shipped().getProperty(key);
    }

    /** The names of all settings in the environment. */
    static Set<String> variables() throws IOException {
        return keys().stream().map(ShippedSettings::variable).collect(Collectors.toSet());
    }

    /** The name of a setting in the environment: capture.host is CAPTURE_HOST. */
    static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    static Properties parse(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static Properties shipped() throws IOException {
        return parse(Files.readString(Path.of("src/main/resources/application.properties")));
    }
}
