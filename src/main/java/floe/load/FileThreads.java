package floe.load;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.builder.ThreadPoolProfileBuilder;

/** Sets how many threads the route has for files: those that it cannot take at once wait in their order. */
public final class FileThreads implements CamelContextAware {

    /** The name by which the route asks for them. */
    public static final String NAME = "staged-files";

    private final int threads;
    private CamelContext camel;

    public FileThreads(LoadSettings settings) {
        threads = settings.fileThreads();
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
        camelContext
                .getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder(NAME)
                        .poolSize(threads)
                        .maxPoolSize(threads)
                        .maxQueueSize(-1)
                        .build());
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }
}
