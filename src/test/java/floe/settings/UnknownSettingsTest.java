package floe.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {

    private final UnknownSettings unknown = new UnknownSettings(ShippedSettings.read());

    @ParameterizedTest
    @CsvSource({
        "capture.tabels, capture.tables",
        "capture.table, capture.tables",
        "snowflake.pasword-file, snowflake.password-file",
        "load.pollinterval, load.poll-interval",
        "load.poll_interval, load.poll-interval",
        "staging.buckett, staging.bucket",
        "dead-letter.bucketname, dead-letter.bucket",
        "aws.regoin, aws.region",
    })
    void aMisspeltKeyIsRefusedWithTheNearestRealOne(String key, String nearest) {
        assertThatThrownBy(() -> unknown.check(Set.of("capture.host", key), Set.of()))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("There is no setting " + key + "; the nearest is " + nearest);
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE_TABELS, CAPTURE_TABLES", "LOAD_POLL_INTERVALL, LOAD_POLL_INTERVAL"})
    void aSlipInTheEnvironmentIsRefusedToo(String name, String nearest) {
        assertThatThrownBy(() -> unknown.check(Set.of(), Set.of("PATH", name)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("There is no setting " + name + "; the nearest is " + nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOAD_SERVICE_HOST",
                "CAPTURE_PORT_8080_TCP",
                "LOAD_CALL_SHOP_ORDERS_WRITEROWSEVENT",
                "CAPTURE_TABLES",
                "AWS_PROFILE",
                "AWS_ACCESS_KEY_ID",
                "HEALTH",
                "PATH"
            })
    void namesOfOthersInTheEnvironmentAreLeftAlone(String name) {
        assertThatCode(() -> unknown.check(Set.of(), Set.of(name))).doesNotThrowAnyException();
    }

    @Test
    void whatQuarkusShowsOfTheEnvironmentAsAKeyIsLeftAloneToo() {
        assertThatCode(() ->
                        unknown.check(Set.of("load.service.host", "LOAD_SERVICE_HOST"), Set.of("LOAD_SERVICE_HOST")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capture.tables",
                "load.call.shop.orders.WriteRowsEvent",
                "aws.accessKeyId",
                "camel.component.aws2-s3.region",
                "quarkus.log.level",
                "java.version",
                "loader.path",
                "load"
            })
    void whatIsASettingOrSomebodyElsesIsLeftAlone(String key) {
        assertThatCode(() -> unknown.check(Set.of(key), Set.of())).doesNotThrowAnyException();
    }
}
