package floe.snowflake;

import floe.settings.Loopback;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Snowflake answers, as its driver takes it: {@code jdbc:snowflake://<account>.snowflakecomputing.com/}.
 *
 * <p>The driver encrypts and verifies unless the address says otherwise. Only a stand-in may be spoken to in the clear.
 *
 * @param warning what to tell whoever starts Floe; empty where the connection is protected or does not leave this machine
 */
record Address(String url, Optional<String> warning) {

    private static final String KEY = "snowflake.url";
    private static final String SHOULD = "an address such as jdbc:snowflake://<account>.snowflakecomputing.com/";

    private static final Pattern ADDRESS =
            Pattern.compile("jdbc:snowflake://(https?://)?(\\[[^]]*]|[^:/?#@]+)(:\\d+)?([/?].*)?");
    private static final Pattern SECRET =
            Pattern.compile("(password|passcode|_pwd|privatekey|private_key_base64|token|secret)=|//[^/?]*@");
    private static final Pattern UNENCRYPTED = Pattern.compile("(?<=^jdbc:snowflake://)http://|ssl=(off|false)");
    private static final Pattern UNCHECKED = Pattern.compile("(insecuremode|disableocspchecks)=(true|on)");
    private static final Pattern REAL = Pattern.compile(".*\\.snowflakecomputing\\.(com|cn)\\.?");

    /**
     * Reads the setting.
     *
     * @throws WrongSetting if it is missing or no address, holds a secret, or would speak to Snowflake in the clear
     */
    static Address read(Settings settings) {
        String url = settings.text(KEY, SHOULD);
        String lower = url.toLowerCase(Locale.ROOT);
        if (SECRET.matcher(lower).find()) {
            throw new WrongSetting(
                    KEY, "an address with a secret in it", "an address without one; see snowflake.password");
        }
        Matcher parts = ADDRESS.matcher(lower);
        if (!parts.matches()) {
            throw new WrongSetting(KEY, url, SHOULD);
        }
        String host = parts.group(2);
        Optional<String> unencrypted = found(UNENCRYPTED, lower);
        if (unencrypted.isPresent() && REAL.matcher(host).matches()) {
            throw new WrongSetting(
                    KEY,
                    url,
                    "an address without " + unencrypted.get()
                            + ": who stands in between could read and change what passes");
        }
        Optional<String> warning = unencrypted
                .map(what -> what + ": who stands between Floe and " + host + " can read and change what passes")
                .or(() -> found(UNCHECKED, lower).map(what -> what + ": a revoked certificate goes unnoticed"));
        return new Address(
                url, warning.filter(text -> !Loopback.is(host)).map(text -> "The setting " + KEY + " holds " + text));
    }

    private static Optional<String> found(Pattern pattern, String url) {
        return Optional.of(pattern.matcher(url)).filter(Matcher::find).map(Matcher::group);
    }
}
