package local.runner;

import local.s3.S3Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "s3", description = "S3, in memory.")
final class S3 extends HttpStandIn {

    @Option(names = "--bucket", description = "bucket to create", defaultValue = "staging")
    private String bucket;

    S3() {
        super(9000);
    }

    @Override
    AutoCloseable start() throws Exception {
        S3Server server = S3Server.start(port());
        server.createBucket(bucket);
        apply(server.faults());
        tell(
                "S3 bucket %s at %s, path style, access key %s, secret key %s%n",
                bucket, server.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
        return server;
    }
}
