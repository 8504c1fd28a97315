package local.runner;

import java.io.IOException;
import local.sqs.SqsServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "sqs", description = "SQS, in memory.")
final class Sqs extends HttpStandIn {

    @Option(names = "--queue", description = "queue to create", defaultValue = "staged")
    private String queue;

    Sqs() {
        super(9324);
    }

    @Override
    AutoCloseable start() throws IOException {
        SqsServer server = SqsServer.start(port());
        apply(server.faults());
        tell("SQS queue %s%n", server.createQueue(queue));
        return server;
    }
}
