package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.RowChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.http.RequestFault;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails, no reading accepts what stands after it in the binlog: that is for the next one, which begins before it. */
class NothingSkippedTest {

    private static final int ROUNDS = 5;
    private static final int ROWS = 51;

    private static final int QUERY = 2;
    private static final int XID = 16;
    private static final int TABLE_MAP = 19;
    private static final int WRITE_ROWS = 30;
    private static final int GTID = 33;

    @TempDir
    static Path state;

    private static CaptureWorld world;
    private static BrokenBinlog binlog;
    private static WatchedCapture capture;
    private static int lastId;

    @BeforeAll
    static void start() throws Exception {
        world = new CaptureWorld(state, MySqlSettings.defaults().withOption("ssl", "OFF"));
        binlog = new BrokenBinlog(world.mysql.port());
        world.mysql.execute(
                "CREATE DATABASE shop",
                "CREATE DATABASE other",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(50))",
                "CREATE TABLE shop.broken (id INT PRIMARY KEY, name VARCHAR(50))",
                "CREATE TABLE other.traffic (id INT AUTO_INCREMENT PRIMARY KEY, a TEXT)");
        capture = new WatchedCapture(
                world,
                state,
                "shop.items,shop.broken",
                "capture.port",
                String.valueOf(binlog.port()),
                "capture.heartbeat",
                "1s");
    }

    @AfterEach
    void clear() {
        world.kinesis.faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        capture.close();
        binlog.close();
        world.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(BrokenBinlog.Fault.CUT, WRITE_ROWS),
                Arguments.of(BrokenBinlog.Fault.CUT, GTID),
                Arguments.of(BrokenBinlog.Fault.CUT, XID),
                Arguments.of(BrokenBinlog.Fault.LENGTH, WRITE_ROWS),
                Arguments.of(BrokenBinlog.Fault.LENGTH, QUERY),
                Arguments.of(BrokenBinlog.Fault.TYPE, WRITE_ROWS),
                Arguments.of(BrokenBinlog.Fault.BYTE, WRITE_ROWS),
                Arguments.of(BrokenBinlog.Fault.BYTE, TABLE_MAP),
                Arguments.of(BrokenBinlog.Fault.HEADER, TABLE_MAP));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatCannotBeTransportedIsReadAgain(BrokenBinlog.Fault fault, int type) throws Exception {
        int first = lastId + 1;
        inTraffic(round -> binlog.spoil(fault, type, round % 4), () -> await().atMost(Duration.ofSeconds(30))
                .until(binlog::hasStruck));

        assertAllArrived(first);
        assertNoneWasPassedOver(first);
    }

    @Test
    void whatCannotBePutIsReadAgain() throws Exception {
        int first = lastId + 1;
        inTraffic(
                round -> world.kinesis
                        .faults()
                        .failRecords(0.3)
                        .failNextRequests(round % 2 == 0 ? RequestFault.FAILED : RequestFault.DENIED, 3),
                () -> world.kinesis.faults().clear());

        assertAllArrived(first);
    }

    /** Without checksums a row may arrive that cannot be one. */
    @Test
    void whatCannotBeDecodedSetsItsTableAsideAlone() throws Exception {
        int first = lastId + 1;
        world.mysql.execute("SET GLOBAL binlog_checksum = NONE");
        try {
            inTraffic(
                    round -> {
                        binlog.spoil(BrokenBinlog.Fault.CELL, WRITE_ROWS, 0);
                        world.mysql.execute(
                                "INSERT INTO shop.broken VALUES (" + round + ", '" + BrokenBinlog.TEXT + "')");
                    },
                    () -> await().atMost(Duration.ofSeconds(30)).until(binlog::hasStruck));
        } finally {
            world.mysql.execute("SET GLOBAL binlog_checksum = CRC32");
        }

        assertAllArrived(first);
        assertThat(capture.diverged()).singleElement().asString().startsWith("shop.broken: ");
        assertThat(capture.health("diverged-tables").getMessage().orElse("")).doesNotContain("spoiled");
    }

    private interface Round {
        void begin(int number) throws Exception;
    }

    private static void inTraffic(Round before, Runnable after) throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            while (writing.get()) {
                world.mysql.execute("INSERT INTO other.traffic (a) VALUES ('x'), ('y')");
                world.mysql.execute("INSERT INTO watched.marks VALUES ()");
            }
        });
        try {
            for (int round = 0; round < ROUNDS; round++) {
                before.begin(round);
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < ROWS; i++) {
                    rows.add("(" + ++lastId + ", 'row of round " + round + "')");
                }
                world.mysql.execute("INSERT INTO shop.items VALUES " + String.join(", ", rows));
                after.run();
            }
        } finally {
            writing.set(false);
            traffic.join();
        }
        capture.awaitAll();
    }

    private static void assertAllArrived(int first) {
        assertThat(capture.diverged("shop.items")).isEmpty();
        assertThat(since(first).map(NothingSkippedTest::id).distinct().sorted())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(first, lastId).boxed().toList());
    }

    /** Each reading has an epoch of its own. */
    private static void assertNoneWasPassedOver(int first) {
        since(first)
                .collect(Collectors.groupingBy(
                        row -> row.position().epoch(),
                        Collectors.mapping(NothingSkippedTest::id, Collectors.toCollection(TreeSet::new))))
                .forEach((epoch, ids) -> assertThat(ids)
                        .as("what one reading has brought")
                        .containsExactlyElementsOf(IntStream.rangeClosed(ids.first(), ids.last())
                                .boxed()
                                .toList()));
    }

    private static Stream<RowChange> since(int first) {
        return capture.rows("shop.items").stream().filter(row -> id(row) >= first);
    }

    private static int id(RowChange row) {
        return row.image().path("id").asInt();
    }
}
