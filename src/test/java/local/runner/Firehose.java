package local.runner;

import java.net.URI;
import java.time.Duration;
import local.firehose.DeliveryStream;
import local.firehose.Destination;
import local.firehose.Partitioning;
import local.firehose.SubRecords;
import local.kinesis.KinesisServer;
import local.s3.S3Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "firehose",
        description = "Firehose, from a Kinesis stream to an S3 bucket. Ctrl+C delivers what is left.")
final class Firehose extends StandIn {

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

    @Override
    AutoCloseable start() {
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
        DeliveryStream firehose = DeliveryStream.start(
                name,
                KinesisServer.clientBuilder(kinesisEndpoint).build(),
                stream,
                S3Server.clientBuilder(s3Endpoint).build(),
                destination);
        Runtime.getRuntime().addShutdownHook(new Thread(firehose::close));
        tell("Firehose %s from %s at %s to %s/%s at %s%n", name, stream, kinesisEndpoint, bucket, prefix, s3Endpoint);
        return firehose;
    }
}
