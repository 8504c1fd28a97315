package floe.mysql;

import floe.settings.Loopback;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * How each connection to MySQL is protected, be it of JDBC or of the binlog client.
 *
 * @param authorities who may vouch for the server; empty for those that Java trusts
 */
public record MySqlTls(Mode mode, Optional<Authorities> authorities) {

    private static final String MODE = "capture.ssl-mode";
    private static final String CA_FILE = "capture.ssl-ca-file";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** What capture.ssl-mode may hold, with dashes: MySQL's own modes. */
    public enum Mode {
        PREFERRED,
        REQUIRED,
        VERIFY_CA,
        VERIFY_IDENTITY;

        boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_IDENTITY;
        }
    }

    /**
     * Reads the settings.
     *
     * @param host the server's, which decides where no mode is set: on this machine nobody stands in between
     * @throws WrongSetting if one of them is wrong, or does not go with the others
     */
    public static MySqlTls read(Settings settings, String host) {
        Mode mode = settings.optional(MODE)
                .map(text -> settings.oneOf(MODE, Mode.class))
                .orElse(Loopback.is(host) ? Mode.PREFERRED : Mode.VERIFY_IDENTITY);
        Optional<String> file = settings.optional(CA_FILE);
        if (file.isPresent() && !mode.verifies()) {
            throw new WrongSetting(
                    CA_FILE, file.get(), "empty, or " + MODE + " verify-identity or verify-ca: others verify nothing");
        }
        if (mode == Mode.VERIFY_CA && file.isEmpty()) {
            throw new WrongSetting(
                    CA_FILE,
                    "",
                    "a file of PEM certificates where " + MODE
                            + " is verify-ca: anybody can have a certificate of an authority that Java trusts");
        }
        if (mode == Mode.VERIFY_IDENTITY && ADDRESS.matcher(host).matches()) {
            // The binlog client would ask DNS for the name of an address, and then verify that name.
            throw new WrongSetting(
                    "capture.host", host, "a name, not an address, where " + MODE + " is verify-identity");
        }
        return new MySqlTls(mode, file.map(name -> Authorities.read(CA_FILE, name)));
    }

    /** What to tell whoever starts Floe; empty where the server is verified or on this machine. */
    public Optional<String> warning(String host) {
        return mode.verifies() || Loopback.is(host)
                ? Optional.empty()
                : Optional.of("The setting " + MODE + " is " + mode.name().toLowerCase(Locale.ROOT)
                        + ": who stands between Floe and " + host + " can read and change what passes; set it to"
                        + " verify-identity");
    }

    /** The properties of MySQL's JDBC driver. */
    public Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("sslMode", mode.name());
        authorities.ifPresent(known -> {
            properties.setProperty(
                    "trustCertificateKeyStoreUrl", known.store().toUri().toString());
            properties.setProperty("trustCertificateKeyStoreType", Authorities.STORE_TYPE);
            properties.setProperty("trustCertificateKeyStorePassword", Authorities.STORE_PASSWORD);
        });
        return properties;
    }

    /** The options of camel-debezium-mysql, for its JDBC connections and its binlog client. */
    public Map<String, String> debeziumOptions() {
        Map<String, String> options = new HashMap<>();
        options.put("databaseSslMode", mode.name().toLowerCase(Locale.ROOT));
        authorities.ifPresent(known -> {
            options.put("databaseSslTruststore", known.store().toString());
            options.put("databaseSslTruststorePassword", Authorities.STORE_PASSWORD);
        });
        return options;
    }

    /** Why a connection failed, in one line; the driver hides a refused certificate behind a failed link. */
    public String explain(SQLException failure) {
        String untrusted = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
                untrusted = cause.getMessage();
            }
        }
        if (untrusted == null) {
            return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
        }
        return "TLS failed: " + untrusted + "; see the settings " + MODE + " and " + CA_FILE;
    }
}
