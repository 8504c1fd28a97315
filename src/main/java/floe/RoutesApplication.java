package floe;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;
import settings.WrongSetting;

/** Runs the routes until the process is stopped; a wrong setting stops the start with one message. */
public class RoutesApplication implements QuarkusApplication {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesApplication.class);

    @Inject
    CamelRuntime runtime;

    @Inject
    CamelContext camel;

    /** Returns 0 after an orderly stop, 1 if a setting is missing or wrong. */
    @Override
    public int run(String... arguments) {
        try {
            Roles.check(new Settings(camel));
        } catch (WrongSetting e) {
            LOG.error(
                    "{}. Set it in config/application.properties or in the environment; the README lists all settings",
                    e.getMessage());
            return 1;
        }
        runtime.start(arguments);
        Quarkus.waitForExit();
        return 0;
    }
}
