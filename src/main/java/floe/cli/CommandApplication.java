package floe.cli;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine;

/** Runs one command and returns its exit code. */
public class CommandApplication implements QuarkusApplication {

    @Inject
    CamelContext camel;

    @Inject
    CamelRuntime runtime;

    /** The project's version, as the build knows it. */
    @ConfigProperty(name = "quarkus.application.version")
    String version;

    /** Returns 0 if the command succeeded, 1 if it failed, 2 if it was called in a wrong way. */
    @Override
    public int run(String... arguments) {
        Settings settings = new Settings(new CamelLookup(camel));
        CommandLine floe = new CommandLine(new FloeCommand())
                .addSubcommand(new SetupCommand(settings))
                .addSubcommand(new SnapshotCommand(settings))
                .addSubcommand(new ReplayCommand(this::started))
                .addSubcommand(new StatusCommand(settings));
        floe.getCommandSpec().version("floe " + version);
        floe.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .version("floe " + version));
        return floe.setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println(message(failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments);
    }

    /** Camel with its components as configured, but without any route. */
    private CamelContext started() {
        Properties noRole = new Properties();
        noRole.setProperty("capture.enabled", "false");
        noRole.setProperty("load.enabled", "false");
        var properties = (PropertiesComponent) camel.getPropertiesComponent();
        properties.setOverrideProperties(noRole);
        // In a pod the environment has the role of its routes, and Camel would ask it before these. Quarkus'
        // configuration,
        // which Camel asks after them, has the environment and the system properties too.
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        runtime.start();
        return camel;
    }

    /** What the user can act on: a wrong setting's message wherever it lies, as Camel wraps what its beans throw. */
    private static String message(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongSetting) {
                return cause.getMessage();
            }
        }
        return failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }
}
