package floe.ledger;

import static floe.ledger.Marked.heartbeat;
import static floe.ledger.Marked.mark;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.RecordMark;
import floe.change.StoredMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is lost, in whatever order the rest arrives, how often and at which of several loaders that stop at any time: missing is
 * what was acknowledged and has not arrived.
 */
class AnyArrivalTest {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(31);

    private static LedgerBucket bucket;

    @BeforeContainer
    static void start() throws Exception {
        bucket = new LedgerBucket(START);
    }

    @AfterContainer
    static void stop() {
        bucket.close();
    }

    @Property(tries = 150)
    void whatIsMissingIsWhatWasLost(@ForAll long seed) {
        Random random = new Random(seed);
        Capture capture = new Capture(random);
        capture.run(bucket.now().plus(Duration.ofHours(random.nextInt(5) - 2)));

        List<Ledger> ledgers = loaded(capture.files, "ledger/" + seed + "/", random);

        for (Ledger ledger : ledgers) {
            Arrivals arrivals = ledger.arrivals();
            assertThat(arrivals.trouble()).isEmpty();
            assertThat(arrivals.missing()).isEmpty();
            assertThat(numbers(arrivals.late())).isEqualTo(capture.lost());
        }
    }

    /** The files, each at least once, in any order. */
    private static List<Ledger> loaded(List<List<RecordMark>> files, String prefix, Random random) {
        int loaders = 1 + random.nextInt(3);
        int restarts = 0;
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < loaders; i++) {
            ledgers.add(bucket.ledger(prefix, "loader-" + i));
        }
        List<Integer> deliveries = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            deliveries.addAll(Collections.nCopies(1 + random.nextInt(2), file));
        }
        Collections.shuffle(deliveries, random);
        while (!deliveries.isEmpty()) {
            int file = deliveries.remove(deliveries.size() - 1);
            int loader = random.nextInt(loaders);
            Ledger ledger = ledgers.get(loader);
            for (RecordMark mark : files.get(file)) {
                ledger.note("file " + file, mark);
            }
            switch (random.nextInt(8)) {
                case 0 -> {
                    // It stops before the file is kept, and another one reads it.
                    ledgers.set(loader, bucket.ledger(prefix, "restart-" + restarts++));
                    deliveries.add(random.nextInt(deliveries.size() + 1), file);
                }
                case 1 -> {
                    ledger.forget("file " + file);
                    deliveries.add(random.nextInt(deliveries.size() + 1), file);
                }
                case 2 -> {
                    ledger.keep("file " + file);
                    ledgers.set(loader, bucket.ledger(prefix, "restart-" + restarts++));
                }
                case 3 -> {
                    ledger.keep("file " + file);
                    bucket.pass(LOOK);
                    ledger.refresh(START);
                }
                default -> ledger.keep("file " + file);
            }
        }
        bucket.pass(LOOK);
        ledgers.forEach(ledger -> ledger.refresh(START));
        return ledgers;
    }

    private static Map<String, Set<Long>> numbers(List<Gap> gaps) {
        Map<String, Set<Long>> numbers = new HashMap<>();
        for (Gap gap : gaps) {
            for (long number = gap.from(); number <= gap.to(); number++) {
                numbers.computeIfAbsent(gap.run() + "/" + gap.lane(), any -> new TreeSet<>())
                        .add(number);
            }
        }
        return numbers;
    }

    /** Some runs, some of whose marks are lost, in files. The first mark and the first heartbeat arrive. */
    private static final class Capture {

        private final Random random;
        private final List<List<RecordMark>> files = new ArrayList<>();
        private final Map<String, Set<Long>> arrived = new HashMap<>();
        private final Map<String, Long> acknowledged = new HashMap<>();
        private final int lanes;

        Capture(Random random) {
            this.random = random;
            this.lanes = 1 + random.nextInt(3);
        }

        void run(Instant start) {
            int runs = 1 + random.nextInt(4);
            StoredMarks before = null;
            arrives(List.of(mark("run 0", 0, 1), heartbeat("run 0", 0, 2, start)));
            for (int run = 0; run < runs; run++) {
                before = run("run " + run, start.plusSeconds(1_000L * run + 1), before);
            }
        }

        private StoredMarks run(String run, Instant start, StoredMarks before) {
            List<Long> stored = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                long last = random.nextInt(30);
                long lastHeartbeat = 0;
                List<RecordMark> file = new ArrayList<>();
                for (long number = run.equals("run 0") && lane == 0 ? 3 : 1; number <= last; number++) {
                    boolean beats = random.nextInt(6) == 0;
                    lastHeartbeat = beats ? number : lastHeartbeat;
                    Instant at = start.plusSeconds(number);
                    if (random.nextInt(10) > 0) {
                        file.add(
                                beats
                                        ? heartbeat(run, lane, number, at, lane == 0 ? before : (StoredMarks) null)
                                        : mark(run, lane, number));
                    }
                    if (random.nextInt(5) == 0) {
                        arrivesOrNot(file);
                        file = new ArrayList<>();
                    }
                }
                arrivesOrNot(file);
                stored.add(lastHeartbeat + random.nextInt((int) (last - lastHeartbeat) + 1));
            }
            return new StoredMarks(run, stored);
        }

        private void arrivesOrNot(List<RecordMark> file) {
            if (random.nextInt(4) > 0) {
                arrives(file);
            }
        }

        private void arrives(List<RecordMark> file) {
            files.add(file);
            for (RecordMark mark : file) {
                String lane = mark.run() + "/" + mark.lane();
                arrived.computeIfAbsent(lane, any -> new TreeSet<>()).add(mark.number());
                if (mark.heartbeat() != null) {
                    acknowledged.merge(lane, mark.number(), Math::max);
                    if (mark.heartbeat().before() != null) {
                        acknowledge(mark.heartbeat().before());
                    }
                }
            }
        }

        private void acknowledge(StoredMarks before) {
            for (int lane = 0; lane < lanes; lane++) {
                acknowledged.merge(before.run() + "/" + lane, before.numbers().get(lane), Math::max);
            }
        }

        Map<String, Set<Long>> lost() {
            Map<String, Set<Long>> lost = new HashMap<>();
            acknowledged.forEach((lane, last) -> {
                for (long number = 1; number <= last; number++) {
                    if (!arrived.getOrDefault(lane, new TreeSet<>()).contains(number)) {
                        lost.computeIfAbsent(lane, any -> new TreeSet<>()).add(number);
                    }
                }
            });
            return lost;
        }
    }
}
