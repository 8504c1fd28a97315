package local.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy as a company has it before the internet: for plain HTTP, and for anything else by CONNECT. */
public final class ForwardProxy implements AutoCloseable {

    private static final Pattern FIRST_LINE = Pattern.compile("(\\w+) (?:http://)?([^/: ]+):(\\d+)\\S* HTTP/1\\.1\r\n");

    private final ServerSocket listening;
    private final Set<Integer> reached = ConcurrentHashMap.newKeySet();

    private ForwardProxy(ServerSocket listening) {
        this.listening = listening;
    }

    /** Listens on a free port of the loopback address. */
    public static ForwardProxy start() throws IOException {
        ForwardProxy proxy = new ForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        inThread(proxy::accept);
        return proxy;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The ports to which it was asked for a connection. */
    public Set<Integer> reached() {
        return Set.copyOf(reached);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                inThread(() -> serve(client));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String first = firstLine(client.getInputStream());
            Matcher target = FIRST_LINE.matcher(first);
            if (!target.matches()) {
                return;
            }
            int port = Integer.parseInt(target.group(3));
            reached.add(port);
            try (Socket server = new Socket(target.group(2), port)) {
                if (target.group(1).equals("CONNECT")) {
                    while (!firstLine(client.getInputStream()).equals("\r\n")) {
                        // Headers, which are for the proxy.
                    }
                    write(client.getOutputStream(), "HTTP/1.1 200 Connected\r\n\r\n");
                } else {
                    // A client of a proxy keeps a connection for one server, which takes whole addresses as well.
                    write(server.getOutputStream(), first);
                }
                inThread(() -> copy(server, client));
                client.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException e) {
            // A side was closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // A side was closed.
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = in.read();
        while (last >= 0) {
            line.write(last);
            if (last == '\n') {
                break;
            }
            last = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "forward-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
