package floe.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's top: it only has subcommands. */
@Command(
        name = "floe",
        mixinStandardHelpOptions = true,
        description =
                "Floe keeps Snowflake tables equal to MySQL tables. Without a command it runs its routes until it is stopped.")
final class FloeCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }
}
