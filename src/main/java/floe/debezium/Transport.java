package floe.debezium;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import floe.binlog.RawEvent;
import floe.binlog.RawEvents;
import floe.binlog.UnreadableEvent;
import floe.capture.CaptureFailed;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of the binlog on their way from the client's thread, which waits while too much is under way, to the one that
 * takes them. After a failure nothing more is given.
 */
final class Transport {

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** So many bytes wait at most, and one event more. */
    private static final long MOST_WAITING_BYTES = 8L << 20;

    /** So many events wait at most: small ones cost more than their bytes. */
    private static final int MOST_WAITING = 16_384;

    /** What one take gives at most. */
    private static final long BATCH_BYTES = 1L << 20;

    private static final int BATCH = 8_192;

    /** ER_MASTER_FATAL_ERROR_READING_BINLOG. */
    private static final int CANNOT_SEND = 1236;

    private static final long POLL_MILLIS = 100;
    private static final long CONNECT_MILLIS = 10_000;

    private final String file;
    private final long offset;
    private final int mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<RawEvent> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private CaptureFailed failure;
    private boolean closed;

    /** @param mostBytes of an event; of a larger one only the beginning is kept */
    Transport(String file, long offset, int mostBytes) {
        this.file = file;
        this.offset = offset;
        this.mostBytes = mostBytes;
    }

    /** Connects, and returns when nothing is read any more: because that failed, or this thread was interrupted. */
    void read(BinaryLogClient client) {
        Losses losses = new Losses();
        try {
            client.setEventDeserializer(new RawEvents(mostBytes, this::put));
            client.setBinlogFilename(file);
            client.setBinlogPosition(offset);
            client.registerLifecycleListener(losses);
            client.connect(CONNECT_MILLIS);
            losses.disconnected.await();
            fail(
                    losses.last == null
                            ? "MySQL has closed the connection that it sends the binlog on"
                            : reason(losses.last));
        } catch (IOException | TimeoutException | RuntimeException e) {
            LOG.debug("The binlog is not read any more", e);
            fail(reason(e));
        } catch (InterruptedException e) {
            close(client);
            Thread.currentThread().interrupt();
        }
    }

    /** The next events, in order; none if none come for a moment. */
    List<RawEvent> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            while (waiting.isEmpty() && failure == null && !closed && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            if (waiting.isEmpty()) {
                if (failure != null && !closed) {
                    throw failure;
                }
                return List.of();
            }
            List<RawEvent> events = new ArrayList<>(Math.min(BATCH, waiting.size()));
            long bytes = 0;
            while (!waiting.isEmpty() && events.size() < BATCH && bytes < BATCH_BYTES) {
                RawEvent next = waiting.poll();
                bytes += kept(next);
                events.add(next);
            }
            waitingBytes -= bytes;
            notFull.signal();
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reading, and has nobody wait for it. */
    private void close(BinaryLogClient client) {
        lock.lock();
        try {
            closed = true;
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            client.disconnect();
        } catch (IOException e) {
            LOG.debug("The connection was gone already", e);
        }
    }

    private void put(RawEvent event) {
        lock.lock();
        try {
            while ((waitingBytes > MOST_WAITING_BYTES || waiting.size() >= MOST_WAITING) && !closed) {
                notFull.awaitUninterruptibly();
            }
            waiting.add(event);
            waitingBytes += kept(event);
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private void fail(String reason) {
        lock.lock();
        try {
            failure = new CaptureFailed(reason);
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long kept(RawEvent event) {
        return event.bytes().length;
    }

    /** What the server says is for people; what the client says is not. */
    private static String reason(Throwable e) {
        if (e instanceof AuthenticationException) {
            return "MySQL refuses capture.user, or the password, on the connection that the binlog comes on";
        }
        if (e instanceof ServerException refusal
                && refusal.getErrorCode() == CANNOT_SEND
                && refusal.getMessage().contains("checksum")) {
            return "MySQL does not send its binlog: binlog_checksum is NONE now, and what is next to read was written with"
                    + " checksums; run SET GLOBAL binlog_checksum = CRC32, at least until capture has read on";
        }
        if (e instanceof ServerException refusal) {
            return "MySQL does not send its binlog: error " + refusal.getErrorCode() + ", " + refusal.getMessage();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException && cause != e) {
                return reason(cause);
            }
        }
        if (e instanceof UnreadableEvent) {
            return e.getMessage();
        }
        if (e instanceof TimeoutException) {
            return "MySQL has not answered for " + CONNECT_MILLIS / 1000
                    + " s on the connection that the binlog comes on";
        }
        return "The connection that MySQL sends its binlog on was lost ("
                + e.getClass().getSimpleName() + ")";
    }

    /** Remembers what the client would only log. */
    private static final class Losses extends BinaryLogClient.AbstractLifecycleListener {

        private final CountDownLatch disconnected = new CountDownLatch(1);
        private volatile Exception last;

        @Override
        public void onDisconnect(BinaryLogClient lost) {
            disconnected.countDown();
        }

        @Override
        public void onCommunicationFailure(BinaryLogClient lost, Exception e) {
            last = e;
        }

        @Override
        public void onEventDeserializationFailure(BinaryLogClient lost, Exception e) {
            // Only bytes are read here: the place in the stream is not known any more.
            last = e;
            try {
                lost.disconnect();
            } catch (IOException closing) {
                LOG.debug("The connection was gone already", closing);
            }
        }
    }
}
