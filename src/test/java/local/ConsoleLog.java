package local;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Level;

/**
 * Logging for a process of the local world.
 *
 * <p>Quarkus sets up its log manager when it starts. Here it never does, and so all levels would be on and all that is
 * logged would be held back: slow, and invisible.
 */
public final class ConsoleLog {
    private ConsoleLog() {}

    /** Shows warnings and errors on the console. To be called before anything logs. */
    public static void start() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.setProperty("logging.initial-configurator.min-level", Level.INFO.getName());
        Handler console = InitialConfigurator.createDefaultHandler();
        console.setLevel(Level.WARNING);
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
    }
}
