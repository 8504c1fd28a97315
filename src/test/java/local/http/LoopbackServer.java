package local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An HTTP server on a port of the loopback address, with a thread for each request under way. */
public final class LoopbackServer implements AutoCloseable {

    static {
        // Head and body of an answer are sent apart: without the first, each answer on a kept connection may take 40
        // ms.
        // Without the second, the server closes idle connections before the SDK's pool does, and the SDK meets that as
        // an
        // error.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final ExecutorService threads;
    private final HttpServer http;

    private LoopbackServer(String name, int port, HttpHandler handler) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads = threads(name);
        http.setExecutor(threads);
        http.createContext("/", handler);
        http.start();
    }

    /**
     * Starts to answer.
     *
     * @param name what its threads are named after
     * @param port 0 takes a free one
     */
    public static LoopbackServer start(String name, int port, Service service) throws IOException {
        return new LoopbackServer(name, port, exchange -> answer(exchange, service));
    }

    /**
     * The same for what reads and answers by itself, where a {@link Request} would cost too much.
     *
     * @param handler closes the exchange
     */
    public static LoopbackServer startRaw(String name, HttpHandler handler) throws IOException {
        return new LoopbackServer(name, 0, handler);
    }

    /** As many threads as are needed, none of which keeps the process alive. */
    public static ExecutorService threads(String name) {
        AtomicLong names = new AtomicLong();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-" + names.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void answer(HttpExchange exchange, Service service) throws IOException {
        // Closing an exchange that has no answer yet closes its connection.
        try (exchange) {
            service.answer(Request.of(exchange)).send(exchange);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("closing").initCause(closing);
        }
    }

    /** Where clients connect to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** Ends requests under way, and closes all connections. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
