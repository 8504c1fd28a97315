package floe.snowflake;

import floe.health.Patience;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How to connect to Snowflake: the settings under {@code snowflake}.
 *
 * @param url of the account
 * @param warning what to tell whoever starts Floe; empty where all is well
 * @param user the Snowflake user
 * @param password if there is no key
 * @param properties of the driver by name; the key's password is among them
 * @param connections how many there may be at a time
 * @param connectTimeout for a connection
 */
public record WarehouseSettings(
        String url,
        Optional<String> warning,
        String user,
        Optional<String> password,
        Map<String, String> properties,
        int connections,
        Duration connectTimeout) {

    private static final int MOST_FILES = 64;

    /** What a process has that does not load. */
    private static final WarehouseSettings NONE =
            new WarehouseSettings("", Optional.empty(), "", Optional.empty(), Map.of(), 1, Duration.ofSeconds(1));

    /**
     * Reads them.
     *
     * @throws WrongSetting if one is missing or wrong
     */
    public static WarehouseSettings read(Settings settings) {
        Address address = Address.read(settings);
        String user = settings.text("snowflake.user", "the name of a Snowflake user");
        Map<String, String> properties = new TreeMap<>();
        Optional<String> keyFile = settings.optional("snowflake.private-key-file");
        Optional<String> password = settings.optionalSecret("snowflake.password");
        if (keyFile.isPresent()) {
            if (!Files.isReadable(Path.of(keyFile.get()))) {
                throw new WrongSetting(
                        "snowflake.private-key-file", keyFile.get(), "a file that Floe can read, in PKCS#8 form");
            }
            Optional<String> passphrase = settings.optionalSecret("snowflake.private-key-password");
            PrivateKeyFile.check(keyFile.get(), passphrase);
            properties.put("private_key_file", keyFile.get());
            passphrase.ifPresent(secret -> properties.put("private_key_pwd", secret));
        } else if (password.isEmpty()) {
            throw new WrongSetting(
                    "snowflake.private-key-file",
                    "",
                    "the private key of the user, or snowflake.password its password, or snowflake.password-file a file"
                            + " with it");
        }
        settings.optional("snowflake.warehouse").ifPresent(name -> properties.put("warehouse", name));
        settings.optional("snowflake.role").ifPresent(name -> properties.put("role", name));
        settings.optional("snowflake.database").ifPresent(name -> properties.put("db", name));
        settings.optional("snowflake.schema").ifPresent(name -> properties.put("schema", name));
        properties.put(
                "STATEMENT_TIMEOUT_IN_SECONDS",
                Long.toString(settings.duration("snowflake.statement-timeout").toSeconds()));
        return new WarehouseSettings(
                address.url(),
                address.warning(),
                user,
                keyFile.isPresent() ? Optional.empty() : password,
                Map.copyOf(properties),
                parallelFiles(settings) + 1,
                settings.duration("snowflake.connect-timeout"));
    }

    /**
     * The same if this process loads; otherwise nothing is read, and nothing wrong.
     *
     * @throws WrongSetting also if a stage that waits for Snowflake would be called stalled
     */
    public static WarehouseSettings ofStage(Settings settings) {
        if (!settings.flag("load.enabled")) {
            return NONE;
        }
        Patience.stalledLongerThan(settings, "snowflake.statement-timeout", "snowflake.connect-timeout");
        return read(settings);
    }

    /** How many files are loaded at a time, each on a connection of its own: the setting {@code load.parallel-files}. */
    public static int parallelFiles(Settings settings) {
        return settings.number("load.parallel-files", 1, MOST_FILES);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "Snowflake at " + url;
    }
}
