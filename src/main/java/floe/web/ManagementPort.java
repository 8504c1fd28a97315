package floe.web;

import floe.settings.Loopback;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The port for health and metrics, and who may see what on it: health everyone, all else the user {@link #USER} with the
 * password. Without a password everyone on this machine may see all.
 */
public final class ManagementPort {

    /** The only user there is. */
    static final String USER = "floe";

    private final Optional<String> password;

    private ManagementPort(Optional<String> password) {
        this.password = password;
    }

    /**
     * Reads the settings under {@code management}.
     *
     * @throws WrongSetting if other machines could see all without a password
     */
    public static ManagementPort read(Settings settings) {
        String host = settings.text("management.host", "the address to listen on, such as 127.0.0.1 or 0.0.0.0");
        settings.number("management.port", 1, 65_535);
        Optional<String> password = settings.optionalSecret("management.password");
        if (password.isEmpty() && !Loopback.is(host)) {
            throw new WrongSetting(
                    "management.password",
                    "",
                    "the password for metrics, as management.host is '" + host
                            + "', which other machines may reach; or let management.host be 127.0.0.1");
        }
        return new ManagementPort(password);
    }

    /** Whether all may be seen without the password. */
    boolean isOpen() {
        return password.isEmpty();
    }

    /** Whether these are the user's name and password. */
    boolean admits(String user, char[] given) {
        return USER.equals(user)
                && password.filter(right -> MessageDigest.isEqual(bytes(right), bytes(new String(given))))
                        .isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
