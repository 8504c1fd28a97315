package local.mysql;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import local.FreePort;

/**
 * How a {@link MySqlServer} is to be started.
 *
 * @param port the TCP port on 127.0.0.1
 * @param password of both users; without quotes and backslashes
 * @param dataDirectory where the data is kept after the server is closed; empty for one that goes with the server
 * @param options mysqld's options by system variable name, in order; an empty value makes a bare {@code --name}
 * @param progress told one line for each step that takes longer than starting, such as unpacking
 */
public record MySqlSettings(
        int port,
        String password,
        Optional<Path> dataDirectory,
        Map<String, String> options,
        Consumer<String> progress) {

    private static final System.Logger LOG = System.getLogger(MySqlServer.class.getName());

    public MySqlSettings {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(progress, "progress");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + " and should be 1 to 65535");
        }
        if (password.isEmpty() || password.matches(".*['\\\\\\s].*")) {
            throw new IllegalArgumentException("password should be without quotes, backslashes, spaces, and not empty");
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A free port, a generated password, a data directory of its own and the options of {@link RdsParameters}. */
    public static MySqlSettings defaults() {
        return new MySqlSettings(
                FreePort.find(),
                generatedPassword(),
                Optional.empty(),
                RdsParameters.asOptions(),
                step -> LOG.log(System.Logger.Level.INFO, step));
    }

    public MySqlSettings withPort(int port) {
        return new MySqlSettings(port, password, dataDirectory, options, progress);
    }

    public MySqlSettings withPassword(String password) {
        return new MySqlSettings(port, password, dataDirectory, options, progress);
    }

    /** Uses the data in this directory, or starts it with an empty server if it is not there, and keeps it. */
    public MySqlSettings withDataDirectory(Path directory) {
        return new MySqlSettings(port, password, Optional.of(directory), options, progress);
    }

    /** Adds an option or overrides one, such as {@code binlog_format} or, with an empty value, {@code skip_log_bin}. */
    public MySqlSettings withOption(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put(name.replace('-', '_'), value);
        return new MySqlSettings(port, password, dataDirectory, changed, progress);
    }

    public MySqlSettings withProgress(Consumer<String> progress) {
        return new MySqlSettings(port, password, dataDirectory, options, progress);
    }

    private static String generatedPassword() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
