package routes;

import java.util.List;
import java.util.Map;
import local.ConsoleLog;
import local.s3.S3Server;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** All routes on plain Camel Main, with the application's own properties: no Quarkus, as Camel JBang runs them. */
final class CamelMainApplication implements AutoCloseable {

    private final Main main = new Main();

    /** Starts the routes with {@code settings} on top of the defaults that Floe ships. */
    CamelMainApplication(Map<String, String> settings) throws Exception {
        ConsoleLog.start();
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
                        StagedEventRoute.class,
                        ApplyChangesRoute.class,
                        DeadLetterRoute.class);
        main.start();
    }

    /** Adds keys for AWS, which the application otherwise takes from the environment; the local world takes any. */
    static void withAwsKeys(Map<String, String> settings) {
        for (String component : List.of("aws2-s3", "aws2-sqs", "aws2-kinesis")) {
            settings.put("camel.component." + component + ".use-default-credentials-provider", "false");
            settings.put("camel.component." + component + ".access-key", S3Server.ACCESS_KEY);
            settings.put("camel.component." + component + ".secret-key", S3Server.SECRET_KEY);
        }
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }
}
