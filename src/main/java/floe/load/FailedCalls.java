package floe.load;

import floe.progress.LoadProgress;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells of each call that failed and may be repeated. */
public final class FailedCalls implements Processor {

    private final LoadProgress progress;

    public FailedCalls(LoadProgress progress) {
        this.progress = progress;
    }

    @Override
    public void process(Exchange exchange) {
        progress.waiting(
                exchange.getVariable(Call.VARIABLE, Call.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
}
