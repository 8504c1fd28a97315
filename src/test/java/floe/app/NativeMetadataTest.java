package floe.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a native executable must be told of names, against what is there: a name that is wrong would only fail at run time. */
class NativeMetadataTest {

    private static final Path METADATA = Path.of("src/main/resources/META-INF/native-image/io.floe/floe");
    private static final Path RESOURCES = Path.of("src/main/resources");

    private final TreeMap<String, JsonNode> classes = new TreeMap<>();
    private final List<String> resources = new ArrayList<>();
    private final List<String> bundles = new ArrayList<>();

    NativeMetadataTest() throws IOException {
        for (JsonNode entry : read("reflect-config.json")) {
            assertThat(classes.put(entry.get("name").asText(), entry)).isNull();
        }
        JsonNode config = read("resource-config.json");
        config.at("/resources/includes")
                .forEach(include -> resources.add(include.get("pattern").asText()));
        config.get("bundles").forEach(bundle -> bundles.add(bundle.get("name").asText()));
    }

    @Test
    void everyClassExists() {
        assertThat(classes.keySet()).allSatisfy(NativeMetadataTest::load);
    }

    @Test
    void everyResourceExists() {
        assertThat(resources).allSatisfy(pattern -> {
            if (pattern.startsWith("\\Q")) {
                String name = pattern.substring(2, pattern.length() - 2);
                assertThat(Collections.list(loader().getResources(name))).isNotEmpty();
            } else {
                try (Stream<Path> files = Files.walk(RESOURCES)) {
                    assertThat(files.map(file -> RESOURCES.relativize(file).toString()))
                            .anyMatch(Pattern.compile(pattern).asMatchPredicate());
                }
            }
        });
        assertThat(bundles).allSatisfy(bundle -> assertThat(ResourceBundle.getBundle(bundle))
                .isNotNull());
    }

    @Test
    void everyScriptIsAResource() throws IOException {
        try (Stream<Path> scripts = Files.list(RESOURCES.resolve("snowflake"))) {
            assertThat(scripts.map(script -> RESOURCES.relativize(script).toString()))
                    .isNotEmpty()
                    .allMatch(script -> resources.stream().anyMatch(pattern -> Pattern.matches(pattern, script)));
        }
    }

    @Test
    void everyBeanOfTheConfigurationIsNamed() throws IOException {
        Properties configuration = new Properties();
        try (var file = Files.newBufferedReader(RESOURCES.resolve("application.properties"))) {
            configuration.load(file);
        }
        List<String> beans = configuration.stringPropertyNames().stream()
                .map(configuration::getProperty)
                .filter(value -> value.startsWith("#class:"))
                .map(value -> value.substring("#class:".length()).replaceAll("[(#].*", ""))
                .toList();

        assertNamed(beans, "allDeclaredConstructors");
        // Not called by name, only looked at: its superclass has methods that want classes which are not there.
        assertNamed(List.of("floe.snowflake.Warehouse"), "queryAllPublicMethods");
        assertNamed(
                beans.stream()
                        .filter(bean -> !bean.equals("floe.snowflake.Warehouse"))
                        .toList(),
                "allPublicMethods");
    }

    @Test
    void everyProviderOfANamedServiceIsNamed() throws IOException {
        List<String> providers = new ArrayList<>();
        for (String pattern : resources) {
            if (pattern.startsWith("\\QMETA-INF/services/") && !pattern.contains("SourceConnector")) {
                for (URL file : Collections.list(loader().getResources(pattern.substring(2, pattern.length() - 2)))) {
                    // The drivers of Snowflake and of the tests are not part of the executable.
                    if (!file.getPath().contains("snowflake") && !file.getPath().contains("h2")) {
                        try (InputStream text = file.openStream()) {
                            providers(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                                    .forEach(providers::add);
                        }
                    }
                }
            }
        }

        assertNamed(providers, "allDeclaredConstructors");
    }

    /** It may provide none. */
    @Test
    void everyServiceThatFloeProvidesIsNamed() throws IOException {
        Path services = RESOURCES.resolve("META-INF/services");
        if (Files.exists(services)) {
            try (Stream<Path> files = Files.walk(services)) {
                assertNamed(
                        files.filter(Files::isRegularFile)
                                .flatMap(NativeMetadataTest::providersIn)
                                .toList(),
                        "allDeclaredConstructors");
            }
        }
    }

    @Test
    void everyCommandIsNamedAsItsOptionsAreFields() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/floe/cli"))) {
            assertNamed(
                    files.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> !name.equals("package-info"))
                            .map(name -> load("floe.cli." + name))
                            .filter(type -> type.isAnnotationPresent(Command.class))
                            .map(Class::getName)
                            .toList(),
                    "allDeclaredFields");
        }
    }

    /** {@code --help} and {@code --version} are a class of picocli's, which each command gets. */
    @Test
    void everyMixinOfACommandIsNamed() {
        List<String> mixins = new CommandLine(load("floe.cli.FloeCommand"))
                .getCommandSpec().mixins().values().stream()
                        .map(mixin -> mixin.userObject().getClass().getName())
                        .toList();

        assertNamed(mixins, "allDeclaredFields", "allDeclaredConstructors");
    }

    private void assertNamed(List<String> names, String... flags) {
        assertThat(names).isNotEmpty();
        assertThat(names.stream()
                        .filter(name -> !classes.containsKey(name)
                                || !Arrays.stream(flags)
                                        .allMatch(flag ->
                                                classes.get(name).path(flag).asBoolean())))
                .as("missing in " + METADATA.resolve("reflect-config.json") + ", or without "
                        + String.join(", ", flags))
                .isEmpty();
    }

    private static Stream<String> providersIn(Path file) {
        try {
            return providers(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The class names in a file of Java's services, or of Camel's, which has them behind a key. */
    private static Stream<String> providers(String text) {
        return text.lines()
                .map(line -> line.replaceAll("#.*", "").replace("class=", "").strip())
                .filter(line -> !line.isEmpty());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static ClassLoader loader() {
        return NativeMetadataTest.class.getClassLoader();
    }

    private static JsonNode read(String file) throws IOException {
        return new ObjectMapper().readTree(METADATA.resolve(file).toFile());
    }
}
