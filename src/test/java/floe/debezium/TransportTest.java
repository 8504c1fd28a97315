package floe.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import com.github.shyiko.mysql.binlog.network.ServerException;
import floe.binlog.BinlogBytes;
import floe.binlog.EventHeader;
import floe.binlog.EventTypes;
import floe.binlog.RawEvent;
import floe.capture.CaptureFailed;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way from a client, which is one of the tests: it is given bytes, and hands them over as the real one does. */
class TransportTest {

    private static final int MOST_WAITING = 16_384;

    private final Transport transport = new Transport("binlog.000003", 4_711, 1 << 21);
    private final Client client = new Client();
    private final Thread reading = new Thread(() -> transport.read(client), "reading");

    @AfterEach
    void stop() throws InterruptedException {
        reading.interrupt();
        client.lose(null);
        reading.join(Duration.ofMinutes(1).toMillis());
        assertThat(reading.isAlive()).isFalse();
    }

    @Test
    void itBeginsWhereItIsTold() {
        reading.start();

        client.awaitConnect();

        assertThat(client.getBinlogFilename()).isEqualTo("binlog.000003");
        assertThat(client.getBinlogPosition()).isEqualTo(4_711);
    }

    @Test
    void eventsComeInOrder() throws Exception {
        reading.start();
        client.awaitConnect();

        client.sendAll(1, 2, 3);

        assertThat(taken(3)).containsExactly(1, 2, 3);
    }

    @Test
    void noneComeWhereThereAreNone() throws Exception {
        reading.start();
        client.awaitConnect();

        assertThat(transport.take()).isEmpty();
    }

    @Test
    void theClientWaitsWhileTooManyEventsWait() throws Exception {
        reading.start();
        client.awaitConnect();

        Thread sender = clientThatWaits(MOST_WAITING + 1, 0);

        assertThat(client.sent.get()).isEqualTo(MOST_WAITING);
        assertThat(taken(MOST_WAITING + 1)).hasSize(MOST_WAITING + 1).isSorted();
        join(sender);
    }

    @Test
    void theClientWaitsWhileTooManyBytesWait() throws Exception {
        reading.start();
        client.awaitConnect();

        Thread sender = clientThatWaits(30, 1 << 20);

        assertThat(client.sent.get()).isBetween(8, 9);
        assertThat(taken(30)).hasSize(30).isSorted();
        join(sender);
    }

    @Test
    void aStopEndsAClientThatWaits() throws Exception {
        reading.start();
        client.awaitConnect();
        Thread sender = clientThatWaits(MOST_WAITING + 1, 0);

        reading.interrupt();

        join(sender);
        join(reading);
        assertThat(client.disconnected.get()).isPositive();
    }

    @Test
    void aFailureComesAfterTheEventsBeforeIt() throws Exception {
        reading.start();
        client.awaitConnect();
        client.sendAll(1, 2);

        client.lose(new EOFException("a text of the client"));
        join(reading);

        assertThat(taken(2)).containsExactly(1, 2);
        assertThatThrownBy(transport::take)
                .isInstanceOf(CaptureFailed.class)
                .hasMessage("The connection that MySQL sends its binlog on was lost (EOFException)");
        assertThatThrownBy(transport::take).isInstanceOf(CaptureFailed.class);
    }

    @Test
    void whatTheServerSaysIsTheReason() throws Exception {
        reading.start();
        client.awaitConnect();

        client.lose(new ServerException("Could not find first log file name in binary log index file", 1236, "HY000"));
        join(reading);

        assertThatThrownBy(transport::take).hasMessageContaining("error 1236, Could not find first log file name");
    }

    @Test
    void aConnectionThatIsClosedIsAFailureToo() throws Exception {
        reading.start();
        client.awaitConnect();

        client.lose(null);
        join(reading);

        assertThatThrownBy(transport::take)
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("MySQL has closed the connection");
    }

    @Test
    void bytesThatAreNoEventEndTheConnection() throws Exception {
        reading.start();
        client.awaitConnect();

        client.failToDecode(new EOFException());
        join(reading);

        assertThat(client.disconnected.get()).isPositive();
        assertThatThrownBy(transport::take).isInstanceOf(CaptureFailed.class);
    }

    @Test
    void aClientThatCannotConnectIsAFailure() throws Exception {
        client.refusal = new IOException("a text of the client");

        reading.start();
        join(reading);

        assertThatThrownBy(transport::take)
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("(IOException)")
                .hasMessageNotContaining("a text of the client");
    }

    @Test
    void afterAStopNothingFails() throws Exception {
        reading.start();
        client.awaitConnect();

        reading.interrupt();
        join(reading);

        assertThat(transport.take()).isEmpty();
    }

    /** It has one event more to send than may wait. */
    private Thread clientThatWaits(int events, int bytes) {
        Thread sender = new Thread(() -> {
            for (int i = 0; i < events; i++) {
                client.send(i, bytes);
            }
        });
        sender.start();
        await().until(() -> sender.getState() == Thread.State.WAITING);
        return sender;
    }

    private List<Integer> taken(int count) throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < count) {
            for (RawEvent event : transport.take()) {
                taken.add((int) event.body().u4());
            }
        }
        return taken;
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(Duration.ofMinutes(1).toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    /** Without a server. */
    private static final class Client extends BinaryLogClient {

        private final CountDownLatch connected = new CountDownLatch(1);
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger disconnected = new AtomicInteger();
        private volatile EventDeserializer deserializer;
        private volatile IOException refusal;

        Client() {
            super("nobody", "");
        }

        @Override
        public void setEventDeserializer(EventDeserializer given) {
            deserializer = given;
        }

        @Override
        public void connect(long timeoutMillis) throws IOException {
            if (refusal != null) {
                throw refusal;
            }
            connected.countDown();
        }

        @Override
        public void disconnect() {
            disconnected.incrementAndGet();
            getLifecycleListeners().forEach(listener -> listener.onDisconnect(this));
        }

        void awaitConnect() {
            try {
                connected.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void sendAll(int... numbers) {
            for (int number : numbers) {
                send(number, 0);
            }
        }

        void send(int number, int moreBytes) {
            byte[] body =
                    new BinlogBytes().little(number, 4).raw(new byte[moreBytes]).all();
            byte[] event = new BinlogBytes()
                    .little(0, 4)
                    .raw(EventTypes.ROWS_QUERY)
                    .little(1, 4)
                    .little(EventHeader.BYTES + body.length, 4)
                    .little(0, 4)
                    .little(0, 2)
                    .raw(body)
                    .all();
            try {
                deserializer.nextEvent(new ByteArrayInputStream(event));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            sent.incrementAndGet();
        }

        void lose(Exception why) {
            if (why != null) {
                getLifecycleListeners().forEach(listener -> listener.onCommunicationFailure(this, why));
            }
            getLifecycleListeners().forEach(listener -> listener.onDisconnect(this));
        }

        void failToDecode(Exception why) {
            getLifecycleListeners().forEach(listener -> listener.onEventDeserializationFailure(this, why));
        }
    }
}
