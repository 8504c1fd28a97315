package routes;

import floe.settings.WrongSetting;
import java.util.Map;
import java.util.TimeZone;
import local.ConsoleLog;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.util.ObjectHelper;

/** All routes on plain Camel Main, with the application's own properties: no Quarkus, as Camel JBang runs them. */
final class CamelMainApplication implements AutoCloseable {

    private final Main main = new Main();

    /** Starts the routes with {@code settings} on top of the defaults that Floe ships. */
    CamelMainApplication(Map<String, String> settings) throws Exception {
        ConsoleLog.start();
        // As the launchers do.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        main.setPropertyPlaceholderLocations("classpath:application.properties");
        settings.forEach((key, value) -> {
            if (key.startsWith("load.call.")) {
                // Overrides are resolved by key, but not found by prefix.
                main.addInitialProperty(key, value);
            } else {
                main.addOverrideProperty(key, value);
            }
        });
        main.configure()
                .addRoutesBuilder(
                        BinlogToKinesisRoute.class,
                        S3ToSnowflakeRoute.class,
                        LoadFileRoute.class,
                        ReadAgainRoute.class,
                        StagedEventRoute.class,
                        ApplyChangesRoute.class,
                        DeadLetterRoute.class);
        try {
            main.start();
        } catch (RuntimeException e) {
            throw reason(e);
        }
    }

    /** What Camel wraps where a bean cannot be made. */
    private static RuntimeException reason(RuntimeException failure) {
        WrongSetting wrong = ObjectHelper.getException(WrongSetting.class, failure);
        return wrong == null ? failure : wrong;
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }
}
