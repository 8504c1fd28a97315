package floe;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import picocli.CommandLine;
import settings.Settings;
import settings.WrongSetting;

/** Runs one command and returns its exit code. */
public class CommandApplication implements QuarkusApplication {

    @Inject
    CamelContext camel;

    /** Returns 0 if the command succeeded, 1 if it failed, 2 if it was called in a wrong way. */
    @Override
    public int run(String... arguments) {
        return new CommandLine(new FloeCommand())
                .addSubcommand(new SetupCommand(new Settings(camel)))
                .setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println(message(failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments);
    }

    private static String message(Exception failure) {
        return failure instanceof WrongSetting || failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }
}
