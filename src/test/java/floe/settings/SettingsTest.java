package floe.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path folder;

    private enum Colour {
        DARK_RED,
        BLUE
    }

    @Test
    void theConfigurationPageListsEverySettingAndNoOther() {
        assertThat(documented().keySet())
                .containsExactlyInAnyOrderElementsOf(ShippedSettings.read().own().stream()
                        .map(ShippedSettings.Setting::key)
                        .toList());
    }

    @Test
    void theConfigurationPageSaysOfEachSettingWhatStandsAboveIt() {
        Map<String, Row> rows = documented();

        for (ShippedSettings.Setting setting : ShippedSettings.read().own()) {
            Row row = rows.get(setting.key());
            assertThat(row.meaning()).as(setting.key()).isNotBlank().isEqualTo(setting.meaning());
            String used = setting.value().replaceAll("\\{\\{([^:}]*):?}}", "as $1");
            if (!used.isEmpty()) {
                assertThat(row.fallback()).as("default of " + setting.key()).isEqualTo(used);
            }
        }
    }

    /** A row of the page's tables, without its links and code marks. */
    private record Row(String fallback, String meaning) {}

    private static Map<String, Row> documented() {
        try {
            return Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|([^|]*)\\| (.*) \\|$")
                    .matcher(Files.readString(Path.of("docs/configuration.md")))
                    .results()
                    .collect(Collectors.toMap(
                            (MatchResult row) -> row.group(1),
                            row -> new Row(plain(row.group(2)), plain(row.group(3)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replace("`", "")
                .strip();
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "250ms, 250", "7s, 7000", "2m, 120000", "1h, 3600000", "3d, 259200000", "0, 0"})
    void aDurationIsMillisecondsOrANumberWithItsUnit(String text, long millis) {
        assertThat(settings("t=" + text).duration("t")).hasMillis(millis);
        assertThat(TimeUtils.toMilliSeconds(text)).as("as Camel reads it").isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5x", "PT5S", "10S", "-5s", "5 s", "1.5s", "s", "1h30", "٣s", "99999999999999s", "5s5"})
    void whatCamelWouldTakeForAnotherTimeIsRefused(String text) {
        assertThatThrownBy(() -> settings("t=" + text).duration("t"))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("The setting t is '" + text + "'; it should be a time such as 500ms, 10s, 5m or 1h");
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
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new Settings(new MapLookup(values));
    }
}
