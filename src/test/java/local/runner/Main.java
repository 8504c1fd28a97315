package local.runner;

import java.io.IOException;
import local.ConsoleLog;
import local.mysql.MySqlFailed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Runs the stand-in that its first argument names. */
@Command(
        name = "local.runner.Main",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        synopsisSubcommandLabel = "STAND-IN",
        commandListHeading = "%nStand-ins, each with options of its own (STAND-IN --help):%n",
        description = "Runs a stand-in on this machine until Ctrl+C.",
        subcommands = {MySql.class, Kinesis.class, Firehose.class, S3.class, Sqs.class, Snowflake.class})
final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        ConsoleLog.start();
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failed, command, parsed) -> {
                    if (failed instanceof MySqlFailed || failed instanceof IOException) {
                        command.getErr().println(failed.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failed;
                })
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a stand-in");
    }
}
