package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlTlsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mysql.example.internal, VERIFY_IDENTITY",
        "localhost, PREFERRED",
        "127.0.0.1, PREFERRED",
        "::1, PREFERRED",
        "localhost.example.com, VERIFY_IDENTITY"
    })
    void aServerIsVerifiedUnlessItIsOnThisMachine(String host, MySqlTls.Mode mode) {
        MySqlTls tls = MySqlTls.read(settings("capture.ssl-mode", ""), host);

        assertThat(tls.mode()).isEqualTo(mode);
        assertThat(tls.warning(host)).isEmpty();
    }

    @Test
    void whoeverSwitchesVerificationOffIsWarned() {
        MySqlTls tls = MySqlTls.read(settings("capture.ssl-mode", "required"), "mysql.example.internal");

        assertThat(tls.warning("mysql.example.internal")).hasValueSatisfying(warning -> assertThat(warning)
                .contains("capture.ssl-mode is required", "verify-identity"));
    }

    @ParameterizedTest
    @CsvSource({
        "verify-identity, /no/such/file, a file that Floe can read",
        "verify-identity, text, certificates in PEM form",
        "verify-identity, empty, certificates in PEM form",
        "verify-identity, key, certificates in PEM form",
        "required, text, others verify nothing",
        "verify-ca, '', anybody can have a certificate"
    })
    void aFileThatDoesNotServeIsNamed(String mode, String file, String should) throws Exception {
        Files.writeString(folder.resolve("text"), "no certificate");
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("key"), "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n");
        String path = file.isEmpty() ? "" : folder.resolve(file).toString();
        Settings settings = settings("capture.ssl-mode", mode, "capture.ssl-ca-file", path);

        assertThatThrownBy(() -> MySqlTls.read(settings, "mysql.example.internal"))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("The setting capture.ssl-ca-file is")
                .hasMessageContaining(should);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.5", "127.0.0.1", "fe80::1"})
    void anAddressHasNoNameToVerify(String address) {
        Settings settings = settings("capture.ssl-mode", "verify-identity");

        assertThatThrownBy(() -> MySqlTls.read(settings, address))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("capture.host")
                .hasMessageContaining("a name, not an address");
    }

    private static Settings settings(String... keysAndValues) {
        CamelContext camel = new DefaultCamelContext();
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.start();
        return new Settings(new CamelLookup(camel));
    }
}
