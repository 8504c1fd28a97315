package routes;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The routes on plain Camel Main, with the application's own properties: no Quarkus, as Camel JBang runs them. */
final class CamelMainApplication implements AutoCloseable {

    private final Main main = new Main();

    /** Starts the routes with {@code settings} on top of the defaults that Floe ships. */
    CamelMainApplication(Map<String, String> settings) throws Exception {
        main.configure().addRoutesBuilder(new BinlogToKinesisRoute());
        main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
        Properties overrides = new Properties();
        overrides.putAll(settings);
        main.setOverrideProperties(overrides);
        main.start();
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }
}
