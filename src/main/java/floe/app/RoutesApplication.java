package floe.app;

import floe.settings.WrongSetting;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the routes until the process is stopped; a wrong setting stops the start with one message. */
public class RoutesApplication implements QuarkusApplication {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesApplication.class);

    @Inject
    CamelRuntime runtime;

    @Inject
    CamelContext camel;

    /** Returns 0 after an orderly stop, 1 if a setting is missing or wrong, or if the routes cannot start. */
    @Override
    public int run(String... arguments) {
        try {
            Roles.check(camel);
            StopDeadline.arm(camel);
            runtime.start(arguments);
        } catch (WrongSetting e) {
            LOG.error(
                    "{}. Set it in config/application.properties or in the environment; docs/configuration.md lists all settings",
                    e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            LOG.error("Floe cannot start: {}", reason(e));
            LOG.debug("Why Floe cannot start", e);
            return 1;
        }
        Quarkus.waitForExit();
        return 0;
    }

    /** The message below all that Camel wraps around it. */
    private static String reason(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null
                && (reason.getClass() == RuntimeException.class
                        || reason.getClass().getName().startsWith("org.apache.camel."))) {
            reason = reason.getCause();
        }
        return reason.getMessage();
    }
}
