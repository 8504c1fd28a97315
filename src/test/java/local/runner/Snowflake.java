package local.runner;

import java.io.IOException;
import java.sql.SQLException;
import local.snowflake.SnowflakeServer;
import picocli.CommandLine.Command;

@Command(name = "snowflake", description = "Snowflake, in memory; its latency is that of queries.")
final class Snowflake extends HttpStandIn {

    Snowflake() {
        super(8084);
    }

    @Override
    AutoCloseable start() throws IOException, SQLException {
        SnowflakeServer server = SnowflakeServer.start(port());
        apply(server.faults());
        tell("%s%nuser %s, password %s%n", server.url(), server.user(), server.password());
        return server;
    }
}
