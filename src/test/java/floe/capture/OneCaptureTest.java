package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import local.Forwarder;
import local.mysql.MySqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneCaptureTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private static MySqlServer mysql;

    @TempDir
    Path folder;

    /** Other locks for each test: MySQL may keep those of a connection that has ended. */
    private final String items = "shop.items" + TESTS.incrementAndGet();

    private final AtomicLong clock = new AtomicLong();
    private OneCapture first;
    private volatile boolean cut;
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void close() {
        mysql.close();
    }

    @BeforeEach
    void takeFirst() throws Exception {
        first = capture("first", items);
        first.take();
    }

    @AfterEach
    void giveBack() {
        end.countDown();
        first.close();
    }

    @Test
    void theSameFolderIsRefusedWithItsHolder() throws Exception {
        try (OneCapture second = capture("first", "shop.others", "kinesis.stream", "another")) {
            assertThatThrownBy(second::take)
                    .isInstanceOf(CaptureFailed.class)
                    .hasMessageStartingWith("Another capture has the state folder " + folder.resolve("first")
                            + ": process " + ProcessHandle.current().pid() + " on host ")
                    .hasMessageEndingWith("End one of them, or give each its own capture.state");
        }
    }

    @Test
    void theSameTablesToTheSameStreamAreRefusedFromAnotherFolderToo() throws Exception {
        try (OneCapture second = capture("second", items, "capture.server-id", "77")) {
            assertThatThrownBy(second::take)
                    .isInstanceOf(CaptureFailed.class)
                    .hasMessageMatching(
                            "Another capture of the same tables writes to the stream changes, by its connection "
                                    + connectionOfFirst() + " of user floe from \\S+ to MySQL: end one of them");
        }
    }

    @Test
    void theSameServerIdIsRefusedThoughStreamAndTablesAreOthers() throws Exception {
        String id = String.valueOf(settings("first", items).serverId());
        try (OneCapture second = capture("second", "shop.others", "capture.server-id", id)) {
            assertThatThrownBy(second::take)
                    .isInstanceOf(CaptureFailed.class)
                    .hasMessageStartingWith("Another capture reads this MySQL with the server id " + id
                            + ", by its connection " + connectionOfFirst());
        }
        first.check();
    }

    @Test
    void othersGoOnBesideIt() throws Exception {
        try (OneCapture tables = capture("second", "shop.others");
                OneCapture stream = capture("third", items, "kinesis.stream", "another")) {
            assertThatCode(tables::take).doesNotThrowAnyException();
            assertThatCode(stream::take).doesNotThrowAnyException();
        }
    }

    @Test
    void whatIsGivenBackTheNextOneHas() throws Exception {
        first.close();

        try (OneCapture second = capture("first", items)) {
            assertThatCode(second::take).doesNotThrowAnyException();
        }
    }

    @Test
    void takingItAtTheNextStartKeepsIt() throws Exception {
        String before = connectionOfFirst();

        first.take();

        assertThat(connectionOfFirst()).isEqualTo(before);
    }

    @Test
    void losingTheLockIsNoticedWithinASecondAndTakenAgainAtTheNextStart() throws Exception {
        mysql.execute("KILL " + connectionOfFirst());
        // Within the same second MySQL is not asked.
        first.check();
        clock.addAndGet(1_000_000_000L);

        assertThatThrownBy(first::check).isInstanceOf(CaptureFailed.class).hasMessageContaining("was lost");
        assertThatThrownBy(first::check).isInstanceOf(CaptureFailed.class);

        takeAgain();
        clock.addAndGet(1_000_000_000L);
        first.check();
    }

    @Test
    void itsOwnConnectionThatMySqlStillKeepsIsNotTakenForAnotherCapture() throws Exception {
        first.close();
        try (Forwarder network =
                        Forwarder.to(mysql.port(), () -> new Forwarder.Ways(this::untilCut, InputStream::transferTo));
                OneCapture cutOff = capture("first", items, "capture.port", String.valueOf(network.port()))) {
            cutOff.take();
            String kept = connectionOfFirst();
            cut = true;
            clock.addAndGet(1_000_000_000L);
            assertThatThrownBy(cutOff::check).isInstanceOf(CaptureFailed.class);
            cut = false;

            assertThatThrownBy(cutOff::take)
                    .isInstanceOf(CaptureFailed.class)
                    .hasMessageStartingWith("MySQL has not ended connection " + kept + " of user floe from ")
                    .hasMessageEndingWith("and capture then goes on");
        }
    }

    @Test
    void aSecondOneRefusedKeepsNothingThatTheFirstNeeds() throws Exception {
        try (OneCapture second = capture("second", items)) {
            assertThatThrownBy(second::take).isInstanceOf(CaptureFailed.class);
            first.close();

            second.take();
            second.check();
        }
    }

    @Test
    void theServerIdIsMadeOfStreamAndTablesInAnyOrderUnlessItIsSet() throws Exception {
        int made = settings("first", "a.b,c.d").serverId();

        assertThat(made).isPositive().isEqualTo(settings("second", "c.d, a.b").serverId());
        assertThat(made).isNotEqualTo(settings("first", "a.b").serverId());
        assertThat(made)
                .isNotEqualTo(settings("first", "a.b,c.d", "kinesis.stream", "another")
                        .serverId());
        assertThat(settings("first", "a.b", "capture.server-id", "5").serverId())
                .isEqualTo(5);
    }

    /** MySQL may keep a killed connection until its silence has lasted too long, see {@link OneCapture}. */
    private void takeAgain() {
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(
                        e -> e instanceof CaptureFailed && e.getMessage().startsWith("MySQL has not"))
                .untilAsserted(first::take);
    }

    /** The next words of the client end its connection, of which MySQL hears nothing. */
    private void untilCut(InputStream client, OutputStream server) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = client.read(buffer); read >= 0; read = client.read(buffer)) {
            if (cut) {
                client.close();
                awaitEnd();
            }
            server.write(buffer, 0, read);
        }
    }

    private void awaitEnd() throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.getMessage());
        }
    }

    private String connectionOfFirst() {
        return mysql.value("SELECT IS_USED_LOCK('" + settings("first", items).lockName() + "')");
    }

    private OneCapture capture(String state, String tables, String... more) throws Exception {
        CaptureSettings settings = settings(state, tables, more);
        Files.createDirectories(settings.stateFolder());
        return new OneCapture(settings, clock::get);
    }

    private CaptureSettings settings(String state, String tables, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "kinesis.stream";
        all[1] = "changes";
        System.arraycopy(more, 0, all, 2, more.length);
        return SettingsFor.capture(mysql, tables, folder.resolve(state), all);
    }
}
