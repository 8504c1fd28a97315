package floe.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jolokia.core.api.LogHandler;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests for MBeans, as JSON, within what {@link Access} allows. It starts with the first request. */
public final class Jolokia {

    private static final Logger LOG = LoggerFactory.getLogger(Jolokia.class);

    private HttpRequestHandler started;

    /**
     * Answers one request or a list of them.
     *
     * @param request a request of Jolokia's protocol in JSON
     * @param options its processing parameters, such as {@code maxDepth}
     * @return the answer in JSON; a request that is refused or fails has its status and reason there
     */
    public String answer(String request, Map<String, String[]> options) {
        HttpRequestHandler handler = handler();
        try {
            return handler.handlePostRequest(
                            "/", new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)), "UTF-8", options)
                    .toJSONString();
        } catch (IOException | BadRequestException | EmptyResponseException | RuntimeException e) {
            return handler.handleThrowable(e).toJSONString();
        }
    }

    private synchronized HttpRequestHandler handler() {
        if (started == null) {
            JolokiaServiceManager services = JolokiaServiceManagerFactory.createJolokiaServiceManager(
                    new StaticConfiguration(ConfigKey.AGENT_ID, "floe", ConfigKey.ALLOW_ERROR_DETAILS, "false"),
                    new Log(),
                    new Access());
            services.addService(new JolokiaSerializer());
            services.addService(new LocalRequestHandler(1));
            started = new HttpRequestHandler(services.start());
        }
        return started;
    }

    private static final class Log implements LogHandler {

        @Override
        public void debug(String message) {
            LOG.debug("{}", message);
        }

        @Override
        public void info(String message) {
            LOG.debug("{}", message);
        }

        @Override
        public void error(String message, Throwable failure) {
            LOG.warn("{}", message, failure);
        }

        @Override
        public boolean isDebug() {
            return false;
        }
    }
}
