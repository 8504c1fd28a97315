package floe.load;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Has a {@link Error}, such as a stack that overflows, fail the file that it befalls, as exceptions do. Camel catches exceptions
 * only: the thread would end, and the listing would wait for its file for ever.
 */
public final class ErrorGuard implements InterceptStrategy, CamelContextAware {

    private CamelContext camel;

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Guarded(target);
    }

    /** Each step of the routes that are made from now on is guarded. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
        camelContext.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    private static final class Guarded extends DelegateAsyncProcessor {

        Guarded(Processor step) {
            super(step);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                return super.process(exchange, callback);
            } catch (Error e) {
                exchange.setException(e);
                callback.done(true);
                return true;
            }
        }
    }
}
