package local.snowflake;

import java.time.Duration;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the stand-in alone. */
@Command(
        name = "local.snowflake.Main",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Snowflake on this machine, in memory, until Ctrl+C.")
final class Main implements Callable<Integer> {
    @Option(names = "--port", description = "port of the loopback address; 0 takes a free one", defaultValue = "8084")
    private int port;

    @Option(names = "--latency", description = "milliseconds that each query takes", defaultValue = "0")
    private int latencyMillis;

    public static void main(String[] args) {
        ConsoleLog.start();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    @SuppressWarnings("SystemOut")
    public Integer call() throws Exception {
        try (SnowflakeServer server = SnowflakeServer.start(port)) {
            server.faults().latency(Duration.ofMillis(latencyMillis));
            System.out.printf("%s%nuser %s, password %s%n", server.url(), server.user(), server.password());
            Thread.currentThread().join();
        }
        return 0;
    }
}
