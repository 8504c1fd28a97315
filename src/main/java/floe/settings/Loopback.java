package floe.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Hosts that are this machine, told by their name alone: nobody is asked. */
public final class Loopback {

    private static final Pattern NAMES =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    private Loopback() {}

    /** Whether {@code host} is {@code localhost} or an address of the loopback interface. */
    public static boolean is(String host) {
        return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
