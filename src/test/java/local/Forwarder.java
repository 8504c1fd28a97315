package local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** An address behind which servers change, such as the endpoint of a database that fails over. */
public final class Forwarder implements AutoCloseable {

    private final ServerSocket listening;
    private final Supplier<Ways> ways;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int target;
    private int nextTarget;
    private int left = Integer.MAX_VALUE;
    private int accepted;

    /** What is done with the bytes of one direction until they end. */
    public interface Way {

        void copy(InputStream from, OutputStream to) throws IOException;
    }

    /** Both directions of one connection. */
    public record Ways(Way toServer, Way toClient) {}

    private Forwarder(ServerSocket listening, int target, Supplier<Ways> ways) {
        this.listening = listening;
        this.target = target;
        this.ways = ways;
    }

    /** Listens on a free port of the loopback address and forwards to {@code target}, a port of it too. */
    public static Forwarder to(int target) throws IOException {
        return to(target, () -> new Ways(InputStream::transferTo, InputStream::transferTo));
    }

    /** The same, with other ways than as it comes, new ones for each connection. */
    public static Forwarder to(int target, Supplier<Ways> ways) throws IOException {
        Forwarder forwarder = new Forwarder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, ways);
        inThread(forwarder::accept);
        return forwarder;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Closes all connections; those that come go to {@code newTarget}. */
    public void moveTo(int newTarget) throws IOException {
        moveAfter(0, newTarget);
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Forwards so many more connections as before, and the next ones to {@code newTarget}. */
    public synchronized void moveAfter(int connections, int newTarget) {
        left = connections;
        nextTarget = newTarget;
    }

    /** How many connections have come so far. */
    public synchronized int accepted() {
        return accepted;
    }

    private synchronized int targetOfNext() {
        if (left == 0) {
            target = nextTarget;
            left = Integer.MAX_VALUE;
        }
        left--;
        accepted++;
        return target;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                try {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), targetOfNext());
                    open.add(server);
                    Ways both = ways.get();
                    inThread(() -> copy(client, server, both.toServer()));
                    inThread(() -> copy(server, client, both.toClient()));
                } catch (IOException e) {
                    // Nobody listens there: the client sees its connection closed.
                    client.close();
                }
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Until either side closes; then both are. */
    private void copy(Socket from, Socket to, Way way) {
        try (from;
                to) {
            way.copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // A side was closed.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
