package floe.app;

import floe.cli.CommandApplication;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;
import java.util.TimeZone;

/**
 * The entry point: without arguments the routes run; with arguments a command, and neither a route nor an
 * open port.
 */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        // Times of MySQL come as wall-clock times by the default zone: one with daylight saving skips hours.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        // Libraries put names into lower case by the rules of the user's language: in Turkish, ID is not id.
        Locale.setDefault(Locale.ROOT);
        if (arguments.length == 0) {
            Quarkus.run(RoutesApplication.class, arguments);
        } else {
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.management.host-enabled", "false");
            System.setProperty("quarkus.log.console.level", "WARN");
            System.setProperty("quarkus.banner.enabled", "false");
            Quarkus.run(CommandApplication.class, arguments);
        }
    }
}
