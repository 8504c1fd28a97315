package local.runner;

import java.time.Duration;
import local.http.Faults;
import picocli.CommandLine.Option;

/** One that is a server of its own with the faults that all of them have. */
abstract class HttpStandIn extends StandIn {

    @Option(names = "--port", description = "port of the loopback address; 0 takes a free one")
    private int port;

    @Option(names = "--latency", description = "milliseconds that each request takes")
    private int latencyMillis;

    /** @param port the one it has unless another is given */
    HttpStandIn(int port) {
        this.port = port;
    }

    final int port() {
        return port;
    }

    /** Sets what the options say of faults. */
    final void apply(Faults faults) {
        faults.latency(Duration.ofMillis(latencyMillis));
    }
}
