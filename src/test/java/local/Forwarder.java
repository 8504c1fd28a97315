package local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address behind which servers change, such as the endpoint of a database that fails over. */
public final class Forwarder implements AutoCloseable {

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int target;
    private int nextTarget;
    private int left = Integer.MAX_VALUE;
    private int accepted;

    private Forwarder(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** Listens on a free port of the loopback address and forwards to {@code target}, a port of it too. */
    public static Forwarder to(int target) throws IOException {
        Forwarder forwarder = new Forwarder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
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
                    inThread(() -> copy(client, server));
                    inThread(() -> copy(server, client));
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
    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
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
