package local.s3;

import java.time.Duration;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server alone. */
@Command(
        name = "local.s3.Main",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "S3 on this machine, in memory, until Ctrl+C.")
final class Main implements Callable<Integer> {
    @Option(names = "--port", description = "port of the loopback address; 0 takes a free one", defaultValue = "9000")
    private int port;

    @Option(names = "--bucket", description = "bucket to create", defaultValue = "staging")
    private String bucket;

    @Option(names = "--latency", description = "milliseconds that each request takes", defaultValue = "0")
    private int latencyMillis;

    public static void main(String[] args) {
        ConsoleLog.start();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    @SuppressWarnings("SystemOut")
    public Integer call() throws Exception {
        try (S3Server server = S3Server.start(port)) {
            server.createBucket(bucket);
            server.faults().latency(Duration.ofMillis(latencyMillis));
            System.out.printf(
                    "S3 bucket %s at %s, path style, access key %s, secret key %s%n",
                    bucket, server.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
            Thread.currentThread().join();
        }
        return 0;
    }
}
