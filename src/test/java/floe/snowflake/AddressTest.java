package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:snowflake://account.snowflakecomputing.com/",
                "jdbc:snowflake://https://account.snowflakecomputing.com:443/?tracing=OFF",
                "jdbc:snowflake://account.privatelink.snowflakecomputing.com",
                "jdbc:snowflake://http://127.0.0.1:8085/?account=local",
                "jdbc:snowflake://http://[::1]:8085/"
            })
    void protectedOrLocalAddressesAreTaken(String url) {
        Address address = read(url);

        assertThat(address.url()).isEqualTo(url);
        assertThat(address.warning()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:snowflake://http://account.snowflakecomputing.com/",
                "jdbc:snowflake://account.snowflakecomputing.com/?SSL=off",
                "jdbc:snowflake://http://account.snowflakecomputing.cn",
                "jdbc:snowflake://account.snowflakecomputing.com./?warehouse=W&ssl=false"
            })
    void snowflakeIsNeverSpokenToInTheClear(String url) {
        assertThatThrownBy(() -> read(url))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("The setting snowflake.url is '" + url + "'; it should be an address without");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:snowflake://user:hunter2@account.snowflakecomputing.com/",
                "jdbc:snowflake://account.snowflakecomputing.com/?password=hunter2",
                "jdbc:snowflake://account.snowflakecomputing.com/?private_key_pwd=hunter2",
                "jdbc:snowflake://account.snowflakecomputing.com/?token=hunter2"
            })
    void aSecretInTheAddressIsRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> read(url))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("snowflake.url")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:snowflake://http://snowflake.local.svc:8085/", "jdbc:snowflake://stand-in.example/?ssl=off"
            })
    void aStandInElsewhereIsWarnedOf(String url) {
        assertThat(read(url).warning()).isPresent();
    }

    private static Address read(String url) {
        CamelContext camel = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty("snowflake.url", url);
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.start();
        return Address.read(new Settings(new CamelLookup(camel)));
    }
}
