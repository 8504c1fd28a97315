package local.firehose;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import local.kinesis.KinesisServer;
import local.s3.S3Server;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs a delivery stream alone. */
@Command(
        name = "local.firehose.Main",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Firehose from a Kinesis stream to an S3 bucket of this machine, until Ctrl+C.")
final class Main implements Callable<Integer> {
    @Option(names = "--kinesis", description = "endpoint of Kinesis", defaultValue = "http://127.0.0.1:4567")
    private URI kinesisEndpoint;

    @Option(names = "--stream", description = "Kinesis stream to follow", defaultValue = "changes")
    private String stream;

    @Option(names = "--s3", description = "endpoint of S3", defaultValue = "http://127.0.0.1:9000")
    private URI s3Endpoint;

    @Option(names = "--bucket", description = "bucket to write to", defaultValue = "staging")
    private String bucket;

    @Option(names = "--prefix", description = "prefix of the keys", defaultValue = "staging/")
    private String prefix;

    @Option(names = "--name", description = "name of the delivery stream", defaultValue = "floe")
    private String name;

    @Option(names = "--size", description = "bytes to buffer", defaultValue = "209715")
    private int size;

    @Option(names = "--interval", description = "seconds to buffer", defaultValue = "5")
    private int intervalSeconds;

    @Option(names = "--no-delimiter", description = "no newline after each record")
    private boolean noDelimiter;

    @Option(names = "--gzip", description = "compress the objects")
    private boolean gzip;

    @Option(
            names = "--partition",
            paramLabel = "NONE|JSON|LINES",
            description = "dynamic partitioning by schema and table, records being taken apart in this way")
    private SubRecords subRecords;

    public static void main(String[] args) {
        ConsoleLog.start();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    @SuppressWarnings("SystemOut")
    public Integer call() throws Exception {
        Destination destination = Destination.bucket(bucket)
                .prefix(prefix)
                .buffering(size, Duration.ofSeconds(intervalSeconds))
                .appendDelimiter(!noDelimiter)
                .gzip(gzip);
        if (subRecords != null) {
            destination = destination
                    .prefix(prefix + "!{partitionKeyFromQuery:schema}/!{partitionKeyFromQuery:table}/")
                    .partitioning(Partitioning.of(subRecords, "failed/"));
        }
        try (KinesisClient kinesis =
                        KinesisServer.clientBuilder(kinesisEndpoint).build();
                S3Client s3 = S3Server.clientBuilder(s3Endpoint).build()) {
            DeliveryStream firehose = DeliveryStream.start(name, kinesis, stream, s3, destination);
            Runtime.getRuntime().addShutdownHook(new Thread(firehose::close));
            System.out.printf(
                    "Firehose %s from %s at %s to %s/%s at %s%n",
                    name, stream, kinesisEndpoint, bucket, prefix, s3Endpoint);
            Thread.currentThread().join();
        }
        return 0;
    }
}
