package floe.ledger;

import static floe.ledger.LedgerBucket.BUCKET;
import static floe.ledger.LedgerBucket.PATIENCE;
import static floe.ledger.Marked.STREAM;
import static floe.ledger.Marked.heartbeat;
import static floe.ledger.Marked.mark;
import static floe.ledger.Marked.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class LedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ONE = "ledger/one.json";
    private static final String TWO = "ledger/two.json";

    private LedgerBucket bucket;
    private Ledger one;
    private Ledger two;

    @BeforeEach
    void start() throws Exception {
        bucket = new LedgerBucket(NOON);
        one = bucket.ledger("one");
        two = bucket.ledger("two");
    }

    @AfterEach
    void stop() {
        bucket.close();
    }

    @Test
    void whatIsKeptOutlivesItsLoader() {
        one.note("a.gz", mark("run", 0, 1));
        one.note("a.gz", mark("run", 0, 2));
        one.keep("a.gz");

        two.note("b.gz", heartbeat("run", 0, 3, NOON));
        two.refresh(NOON);

        assertThat(two.arrivals().late()).isEmpty();
    }

    @Test
    void aFileWithoutMarksCostsNoRequest() {
        one.keep("a.gz");

        assertThat(bucket.requests()).isZero();
    }

    @Test
    void aFileThatIsLoadedAgainCostsNoRequest() {
        one.note("a.gz", mark("run", 0, 1));
        one.keep("a.gz");
        one.note("a.gz", mark("run", 0, 1));

        one.keep("a.gz");

        assertThat(bucket.puts()).isEqualTo(1);
    }

    @Test
    void filesThatAreKeptAtOnceShareAWrite() throws Exception {
        int files = 8;
        bucket.s3().faults().latency(Duration.ofMillis(500));
        ExecutorService threads = Executors.newFixedThreadPool(files);
        CountDownLatch all = new CountDownLatch(files);
        List<Future<?>> kept = new ArrayList<>();
        for (int i = 1; i <= files; i++) {
            String file = i + ".gz";
            one.note(file, mark("run", 0, i));
            kept.add(threads.submit(() -> {
                all.countDown();
                all.await();
                one.keep(file);
                return null;
            }));
        }
        for (Future<?> file : kept) {
            file.get();
        }
        threads.shutdown();

        assertThat(bucket.puts()).isLessThanOrEqualTo(3);
        assertThat(bucket.s3().text(BUCKET, ONE)).contains("\"numbers\":[1,8]");
    }

    @Test
    void whatS3RefusesIsKeptAtTheNextTry() throws Exception {
        one.note("a.gz", mark("run", 0, 1));
        bucket.s3().faults().failRequests(RequestFault.DENIED, 1);
        assertThatThrownBy(() -> one.keep("a.gz")).isInstanceOf(S3Exception.class);
        bucket.s3().faults().clear();

        one.keep("a.gz");

        assertThat(bucket.s3().text(BUCKET, ONE)).contains("\"numbers\":[1,1]");
    }

    @Test
    void whatIsReadAndNotKeptIsNotMissingHere() {
        one.note("a.gz", mark("run", 0, 1));
        one.note("b.gz", mark("run", 0, 2));
        one.note("c.gz", heartbeat("run", 0, 3, NOON));
        one.keep("a.gz");
        one.keep("c.gz");
        assertThat(one.arrivals().late()).isEmpty();

        one.forget("b.gz");

        assertThat(one.arrivals().late()).singleElement().extracting(Gap::from).isEqualTo(2L);
    }

    @Test
    void loadersThatEachHaveAPartKnowOfAll() {
        one.note("a.gz", mark("run", 0, 1));
        one.note("a.gz", heartbeat("run", 0, 3, NOON));
        two.note("b.gz", mark("run", 0, 2));
        one.keep("a.gz");
        two.keep("b.gz");
        assertThat(one.arrivals().late()).hasSize(1);

        one.refresh(NOON);
        two.refresh(NOON);

        assertThat(one.arrivals().late()).isEmpty();
        assertThat(two.arrivals().late()).isEmpty();
        assertThat(two.arrivals().streams())
                .containsExactly(new Arrivals.Stream(STREAM, NOON, position(3), Duration.ZERO));
    }

    @Test
    void theOthersAreLookedAtTwiceAMinuteAtMost() {
        one.refresh(NOON);
        int before = bucket.requests();
        bucket.pass(Ledger.LOOKED.minusMillis(1));
        one.refresh(NOON);
        assertThat(bucket.requests()).isEqualTo(before);

        bucket.pass(Duration.ofMillis(1));
        one.refresh(NOON);

        assertThat(bucket.requests()).isEqualTo(before + 1);
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() {
        one.note("a.gz", mark("run", 0, 1));
        one.keep("a.gz");
        two.refresh(NOON);
        bucket.pass(Ledger.LOOKED);

        two.refresh(NOON);

        assertThat(bucket.gets()).isEqualTo(1);
    }

    @Test
    void theHeartbeatOfAStreamAges() {
        one.note("a.gz", heartbeat("run", 0, 1, NOON));
        one.note("a.gz", heartbeat("run", 1, 1, NOON.plusSeconds(5)));
        one.note("a.gz", heartbeat("run", 2, 2, NOON.plusSeconds(3)));

        bucket.pass(Duration.ofMinutes(7));

        assertThat(one.arrivals().streams())
                .containsExactly(
                        new Arrivals.Stream(STREAM, NOON.plusSeconds(5), position(1), Duration.ofSeconds(415)));
    }

    @Test
    void whatDoesNotArriveInTimeIsMissing() {
        noteAGap(one);
        bucket.pass(PATIENCE);
        one.refresh(NOON.plus(PATIENCE).minusMillis(1));
        assertThat(one.arrivals().late()).hasSize(1);
        assertThat(one.arrivals().missing()).isEmpty();

        bucket.pass(Ledger.LOOKED);
        one.refresh(NOON.plus(PATIENCE));

        assertThat(one.arrivals().late()).isEmpty();
        assertThat(one.arrivals().missing()).hasSize(1);
    }

    @Test
    void whatIsGivenUpIsToldOfNoMoreAnywhere() {
        noteAGap(one);
        one.keep("a.gz");

        one.settle(one.arrivals().late().get(0));
        one.refresh(NOON);
        two.refresh(NOON);

        assertThat(one.arrivals().late()).isEmpty();
        assertThat(two.arrivals().late()).isEmpty();
    }

    @Test
    void troubleStopsNothingAndMakesNothingMissing() {
        noteAGap(one);
        one.refresh(NOON);
        bucket.pass(PATIENCE.multipliedBy(2));
        bucket.s3().faults().failRequests(RequestFault.DENIED, 1);

        one.refresh(bucket.now());

        assertThat(one.arrivals().trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("AccessDenied"));
        assertThat(one.arrivals().late()).hasSize(1);
        assertThat(one.arrivals().missing()).isEmpty();
    }

    @Test
    void troubleIsOverOnceS3Answers() {
        bucket.s3().faults().failRequests(RequestFault.DENIED, 1);
        one.refresh(NOON);
        assertThat(one.arrivals().trouble()).isPresent();
        bucket.s3().faults().clear();
        bucket.pass(Ledger.LOOKED);

        one.refresh(NOON);

        assertThat(one.arrivals().trouble()).isEmpty();
    }

    @Test
    void theLedgerOfALoaderThatIsGoneIsTakenOver() {
        keepAGap(one);
        bucket.age(ONE, OtherLedgers.IDLE.plusSeconds(10));

        two.refresh(NOON);
        bucket.pass(Ledger.LOOKED);
        two.refresh(NOON);

        assertThat(bucket.keys()).containsExactly(TWO);
        Ledger three = bucket.ledger("three");
        three.refresh(NOON);
        assertThat(three.arrivals().late()).hasSize(1);
    }

    @Test
    void theLedgerOfALoaderThatMayRunStays() {
        keepAGap(one);
        bucket.age(ONE, OtherLedgers.IDLE.minusSeconds(60));

        two.refresh(NOON);
        bucket.pass(Ledger.LOOKED);
        two.refresh(NOON);

        assertThat(bucket.keys()).containsExactly(ONE, TWO);
    }

    @Test
    void aLedgerThatIsWrittenAfterAllStays() {
        keepAGap(one);
        bucket.age(ONE, OtherLedgers.IDLE.plusSeconds(10));
        bucket.beforeDelete(() -> {
            one.note("late.gz", mark("run", 5, 1));
            one.keep("late.gz");
        });

        two.refresh(NOON);
        bucket.pass(Ledger.LOOKED);
        two.refresh(NOON);

        assertThat(bucket.keys()).containsExactly(ONE, TWO);
        assertThat(two.arrivals().trouble()).isEmpty();
    }

    @Test
    void aLoaderThatRunsWritesItsLedgerThoughNothingIsNew() {
        keepAGap(one);
        one.refresh(NOON);
        assertThat(bucket.puts()).isEqualTo(1);
        bucket.pass(Ledger.WRITTEN);

        one.refresh(NOON);

        assertThat(bucket.puts()).isEqualTo(2);
    }

    @Test
    void loadersThatKnowTheSameDoNotWriteForEachOther() {
        keepAGap(one);
        two.refresh(NOON);
        bucket.pass(Ledger.LOOKED);
        one.refresh(NOON);
        long before = bucket.puts();
        bucket.pass(Ledger.LOOKED);

        one.refresh(NOON);
        two.refresh(NOON);

        assertThat(bucket.puts()).isEqualTo(before);
    }

    @Test
    void whatIsNoLedgerIsLeftAlone() {
        bucket.s3().put(BUCKET, "ledger/damaged.json", "{\"version\":1,\"begun\":");
        bucket.s3().put(BUCKET, "ledger/foreign.json", "[]");
        bucket.s3().put(BUCKET, "ledger/empty.json", "");
        bucket.s3().put(BUCKET, "ledger/newer.json", "{\"version\":2,\"begun\":0}");
        bucket.s3()
                .put(
                        BUCKET,
                        "ledger/wrong.json",
                        "{\"version\":1,\"begun\":0,\"streams\":{},\"gone\":{},\"runs\":{\"r\":{\"seen\":1,"
                                + "\"lanes\":{\"0\":{\"numbers\":[5,2]}}}}}");
        bucket.s3().put(BUCKET, "ledger/large.json", " ".repeat((int) OtherLedgers.MOST_BYTES + 1));
        keepAGap(one);
        List<String> before = bucket.keys();
        before.forEach(key -> bucket.age(key, Duration.ofDays(1)));
        bucket.age(ONE, Duration.ZERO);

        two.refresh(NOON);
        bucket.pass(Ledger.LOOKED);
        two.refresh(NOON);

        assertThat(two.arrivals().trouble()).isEmpty();
        assertThat(two.arrivals().late()).hasSize(1);
        assertThat(bucket.keys()).containsAll(before);
        assertThat(bucket.gets()).as("each once, and the large one not at all").isEqualTo(6);
    }

    private void keepAGap(Ledger ledger) {
        noteAGap(ledger);
        ledger.keep("a.gz");
    }

    private void noteAGap(Ledger ledger) {
        ledger.note("a.gz", mark("run", 0, 1));
        ledger.note("a.gz", heartbeat("run", 0, 3, bucket.now()));
    }
}
