package local.runner;

import java.io.IOException;
import local.kinesis.KinesisServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "kinesis", description = "Kinesis Data Streams, in memory.")
final class Kinesis extends HttpStandIn {

    @Option(names = "--stream", description = "stream to create", defaultValue = "changes")
    private String stream;

    @Option(names = "--shards", description = "shards of that stream", defaultValue = "2")
    private int shards;

    @Option(names = "--throttle", description = "1,000 records and 1 MiB a second for each shard")
    private boolean throttle;

    Kinesis() {
        super(4567);
    }

    @Override
    AutoCloseable start() throws IOException {
        KinesisServer server = KinesisServer.start(port());
        server.createStream(stream, shards);
        apply(server.faults());
        if (throttle) {
            server.limits().perShardAsInService();
        }
        tell("Kinesis stream %s with %d shards at %s%n", stream, shards, server.endpoint());
        return server;
    }
}
