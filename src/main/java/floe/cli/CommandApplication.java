package floe.cli;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.quarkus.core.CamelRuntime;
import picocli.CommandLine;

/** Runs one command and returns its exit code. */
public class CommandApplication implements QuarkusApplication {

    @Inject
    CamelContext camel;

    @Inject
    CamelRuntime runtime;

    /** Returns 0 if the command succeeded, 1 if it failed, 2 if it was called in a wrong way. */
    @Override
    public int run(String... arguments) {
        return new CommandLine(new FloeCommand())
                .addSubcommand(new SetupCommand(new Settings(new CamelLookup(camel))))
                .addSubcommand(new SnapshotCommand(new Settings(new CamelLookup(camel))))
                .addSubcommand(new ReplayCommand(this::started))
                .setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println(message(failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments);
    }

    /** Camel with its components as configured, but without any route. */
    private CamelContext started() {
        System.setProperty("capture.enabled", "false");
        System.setProperty("load.enabled", "false");
        // In a pod the environment has the role of its routes, and Camel would let it win.
        ((PropertiesComponent) camel.getPropertiesComponent())
                .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        runtime.start();
        return camel;
    }

    private static String message(Exception failure) {
        return failure instanceof WrongSetting || failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }
}
