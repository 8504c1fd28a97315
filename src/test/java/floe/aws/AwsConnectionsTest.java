package floe.aws;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsConnectionsTest {

    @ParameterizedTest
    @CsvSource({
        "camel.component.aws2-kinesis.trust-all-certificates, true",
        "camel.component.aws2-s3.trust-all-certificates, TRUE",
        "camel.component.aws2-s3.uri-endpoint-override, http://s3.eu-central-1.amazonaws.com",
        "camel.component.aws2-kinesis.uri-endpoint-override, not an address"
    })
    void awsIsNeverSpokenToWithoutProtection(String key, String value) {
        assertThatThrownBy(() -> AwsConnections.check(settings(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.aws2-s3.trust-all-certificates, false",
        "camel.component.aws2-s3.uri-endpoint-override, http://127.0.0.1:9090",
        "camel.component.aws2-s3.uri-endpoint-override, http://stand-in.example:9090",
        "camel.component.aws2-kinesis.uri-endpoint-override, https://vpce-1.kinesis.eu-central-1.vpce.amazonaws.com"
    })
    void whatIsProtectedAndStandInsAreLetBe(String key, String value) {
        assertThatCode(() -> AwsConnections.check(settings(key, value))).doesNotThrowAnyException();
    }

    private static Settings settings(String key, String value) {
        CamelContext camel = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty(key, value);
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.start();
        return new Settings(new CamelLookup(camel));
    }
}
