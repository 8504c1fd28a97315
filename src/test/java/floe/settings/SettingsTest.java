package floe.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    private enum Colour {
        DARK_RED,
        BLUE
    }

    @Test
    void theConfigurationPageListsEverySettingAndNoOther() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            shipped.load(reader);
        }
        Set<String> keys = shipped.stringPropertyNames().stream()
                .filter(key -> !key.startsWith("camel.") && !key.startsWith("quarkus."))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|")
                .matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(keys);
    }

    @Test
    void readsEachKindOfSetting() throws Exception {
        Settings settings = settings("n=5", "t=2m", "c=dark-red", "l= a , b ,", "f=false");

        assertThat(settings.number("n", 1, 5)).isEqualTo(5);
        assertThat(settings.duration("t")).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.oneOf("c", Colour.class)).isEqualTo(Colour.DARK_RED);
        assertThat(settings.list("l", "letters")).containsExactly("a", "b");
        assertThat(settings.flag("f")).isFalse();
        assertThat(settings.optional("absent")).isEmpty();
    }

    @Test
    void aWrongSettingIsNamedWithWhatItHoldsAndShouldHold() throws Exception {
        Settings settings = settings("n=six", "m=6", "t=soon", "c=green", "f=yes", "blank= ");

        assertThatThrownBy(() -> settings.number("n", 1, 5))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("The setting n is 'six'; it should be a whole number from 1 to 5");
        assertThatThrownBy(() -> settings.number("m", 1, 5)).hasMessageContaining("'6'");
        assertThatThrownBy(() -> settings.duration("t"))
                .hasMessageContaining("'soon'")
                .hasMessageContaining("10s");
        assertThatThrownBy(() -> settings.oneOf("c", Colour.class)).hasMessageContaining("one of dark-red, blue");
        assertThatThrownBy(() -> settings.flag("f")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> settings.text("blank", "a name"))
                .hasMessage("The setting blank is missing; it should be a name");
    }

    @Test
    void aSecretComesFromItsKeyOrFromAFileWithoutTheLineEndThatClosesIt() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), " hunter2\nof two lines\r\n");
        Settings settings = settings("a=hunter2", "b-file=" + file, "c-file=");

        assertThat(settings.secret("a", "a password")).isEqualTo("hunter2");
        assertThat(settings.secret("b", "a password")).isEqualTo(" hunter2\nof two lines");
        assertThat(settings.optionalSecret("c")).isEmpty();
    }

    @Test
    void aWrongSecretIsNamedAndNeverShown() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Settings settings =
                settings("a=hunter3", "a-file=" + file, "b-file=/no/such/file", "c-file=" + empty, "d-file=" + folder);

        assertThatThrownBy(() -> settings.secret("a", "a password"))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("a-file is '" + file + "'; it should be empty where a is set")
                .hasMessageNotContaining("hunter");
        for (String key : List.of("b", "c", "d")) {
            assertThatThrownBy(() -> settings.secret(key, "a password"))
                    .isInstanceOf(WrongSetting.class)
                    .hasMessageContaining("The setting " + key + "-file is '")
                    .hasMessageContaining("the name of a file that Floe can read");
        }
        assertThatThrownBy(() -> settings.secret("e", "a password"))
                .hasMessage("The setting e is missing; it should be a password, from the environment, or from the file"
                        + " that e-file names");
    }

    private static Settings settings(String... lines) {
        CamelContext camel = new DefaultCamelContext();
        Properties properties = new Properties();
        for (String line : lines) {
            int equals = line.indexOf('=');
            properties.setProperty(line.substring(0, equals), line.substring(equals + 1));
        }
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.start();
        return new Settings(new CamelLookup(camel));
    }
}
