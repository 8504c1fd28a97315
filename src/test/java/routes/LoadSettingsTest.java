package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.settings.WrongSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSettingsTest {

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void aSwitchedOffLoadHasNoRoutesAndAsksForNoSettings() throws Exception {
        world.stage()
                .set("load.enabled", "false")
                .set("snowflake.url", "")
                .set("staging.bucket", "")
                .start();

        assertThat(world.stage().camel().getRoutes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "snowflake.url, jdbc:mysql://x/",
        "snowflake.url, jdbc:snowflake://x/?password=hunter2",
        "snowflake.user, ''",
        "snowflake.password, ''",
        "snowflake.private-key-file, /no/such/file",
        "staging.bucket, ''",
        "staging.archive-prefix, staging/old/",
        "dead-letter.prefix, staging/dead/",
        "load.tables, ''",
        "load.mode, both",
        "load.batch-rows, 0",
        "load.batch-bytes, many",
        "load.longest-pause, soon",
        "load.loaders, 0",
        "load.loader, 1",
        "load.loader, -1",
        "load.others-patience, soon",
        "load.queue, staged",
        "load.queue, ftp://staged/",
        "load.enabled, perhaps"
    })
    void aWrongSettingStopsTheStartAndIsNamed(String key, String value) {
        world.stage().set(key, value);

        assertThatThrownBy(() -> world.stage().start())
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("The setting "
                        + (value.isEmpty() && key.equals("snowflake.password") ? "snowflake.private-key-file" : key))
                .hasMessageNotContaining("hunter2");
    }
}
