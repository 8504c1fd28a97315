package local.kinesis;

import java.time.Duration;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server alone. */
@Command(
        name = "local.kinesis.Main",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Kinesis Data Streams on this machine, in memory, until Ctrl+C.")
final class Main implements Callable<Integer> {
    @Option(names = "--port", description = "port of the loopback address; 0 takes a free one", defaultValue = "4567")
    private int port;

    @Option(names = "--stream", description = "stream to create", defaultValue = "changes")
    private String stream;

    @Option(names = "--shards", description = "shards of that stream", defaultValue = "2")
    private int shards;

    @Option(names = "--latency", description = "milliseconds that each call takes", defaultValue = "0")
    private int latencyMillis;

    @Option(names = "--throttle", description = "1,000 records and 1 MiB a second for each shard")
    private boolean throttle;

    public static void main(String[] args) {
        ConsoleLog.start();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    @SuppressWarnings("SystemOut")
    public Integer call() throws Exception {
        try (KinesisServer server = KinesisServer.start(port)) {
            server.createStream(stream, shards);
            server.faults().latency(Duration.ofMillis(latencyMillis));
            if (throttle) {
                server.limits().perShardAsInService();
            }
            System.out.printf("Kinesis stream %s with %d shards at %s%n", stream, shards, server.endpoint());
            Thread.currentThread().join();
        }
        return 0;
    }
}
