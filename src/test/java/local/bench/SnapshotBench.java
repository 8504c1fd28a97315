package local.bench;

import floe.state.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import local.FloeProcess;

/** The first start on a table that has rows, alone, and while rows are written to it; how late those are then. */
final class SnapshotBench {

    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final int WRITTEN_A_SECOND = 2_000;
    private static final int ROWS_A_TRANSACTION = 10;
    private static final Pattern ID = Pattern.compile("\"values\":\\{\"PersonID\":(\\d+)");
    private static final byte[] OF_SNAPSHOT = "\"snapshot\":true".getBytes(StandardCharsets.UTF_8);

    private final Output output;
    private final FloeUnderBench floes;
    private final long rows;

    SnapshotBench(Output output, FloeUnderBench floes, long rows) {
        this.output = output;
        this.floes = floes;
        this.rows = rows;
    }

    void run() throws Exception {
        try (Backlog source = new Backlog()) {
            source.create();
            source.fill(rows, output::progress);
            measure(source, "snapshot", false);
            measure(source, "snapshot-writes", true);
        }
    }

    private void measure(Backlog source, String bench, boolean writes) throws Exception {
        output.progress(bench + ": reading a table of " + rows + " rows"
                + (writes ? ", while " + WRITTEN_A_SECOND + " rows a second are written to it" : ""));
        Seen seen = new Seen();
        AtomicBoolean over = new AtomicBoolean();
        try (CountingKinesis kinesis = new CountingKinesis(Duration.ZERO, seen);
                FloeProcess floe = floes.capturing(bench, source.mysql(), kinesis.endpoint())) {
            CompletableFuture<Void> writer = writes
                    ? CompletableFuture.runAsync(() -> write(source, over, seen))
                    : CompletableFuture.completedFuture(null);
            try {
                floe.start();
                await(floe, seen, floes.run(bench).resolve("state"));
            } finally {
                over.set(true);
            }
            writer.join();
            awaitWritten(floe, seen);
            ProcessMeter used = ProcessMeter.of(floe.pid());
            double seconds = (seen.lastNanos.get() - seen.firstNanos.get()) / 1e9;
            output.add(new Measurement(
                    bench,
                    seen.ofSnapshot.get(),
                    seconds,
                    seen.bytesOfSnapshot.get(),
                    used.cpuSeconds(),
                    used.peakMegabytes(),
                    kinesis.calls(),
                    seen.lateness()));
        }
    }

    private void await(FloeProcess floe, Seen seen, Path state) throws Exception {
        Standstill standstill = new Standstill(STANDSTILL, System::nanoTime);
        long told = System.nanoTime();
        while (!isOver(state)) {
            long read = seen.ofSnapshot.get();
            if (!floe.isAlive() || standstill.at(read)) {
                throw new IllegalStateException(read + " of " + rows + " rows have come, and no more; see " + floe.log()
                        + ". Its health: " + floe.health());
            }
            if (System.nanoTime() - told > TELL.toNanos()) {
                told = System.nanoTime();
                output.progress("  " + read + " of " + rows + " rows");
            }
            Thread.sleep(50);
        }
    }

    private void awaitWritten(FloeProcess floe, Seen seen) throws Exception {
        Standstill standstill = new Standstill(STANDSTILL, System::nanoTime);
        while (!seen.came.keySet().containsAll(seen.streamed())) {
            if (!floe.isAlive() || standstill.at(seen.came.size())) {
                throw new IllegalStateException("Not all rows that were written have come; see " + floe.log()
                        + ". Its health: " + floe.health());
            }
            Thread.sleep(50);
        }
    }

    private static boolean isOver(Path state) throws IOException {
        return new StateFile(state.resolve("state.json"))
                .read()
                .filter(saved -> !saved.isNew() && saved.snapshots().isEmpty())
                .isPresent();
    }

    /** Inserts rows behind those that are there, at a steady rate. */
    private void write(Backlog source, AtomicBoolean over, Seen seen) {
        try (Connection connection = source.mysql().connection();
                Statement statement = connection.createStatement()) {
            long began = System.nanoTime();
            for (long id = rows + 1; !over.get(); id += ROWS_A_TRANSACTION) {
                long due = began + (id - rows) * (1_000_000_000L / WRITTEN_A_SECOND);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                statement.execute(Backlog.inserts(id, ROWS_A_TRANSACTION));
                seen.committed.put(id, System.nanoTime());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The rows of the stream cannot be written", e);
        }
    }

    /** What came on the stream; told by several threads. */
    private static final class Seen implements PutBody.Data {

        private final AtomicLong ofSnapshot = new AtomicLong();
        private final AtomicLong bytesOfSnapshot = new AtomicLong();
        private final AtomicLong firstNanos = new AtomicLong();
        private final AtomicLong lastNanos = new AtomicLong();
        /** When a transaction was committed, and when its first row had come, by that row's id. */
        private final Map<Long, Long> committed = new ConcurrentHashMap<>();

        private final Map<Long, Long> came = new ConcurrentHashMap<>();

        @Override
        public void at(byte[] data, int from, int length) {
            long now = System.nanoTime();
            if (isOfSnapshot(data, from, length)) {
                firstNanos.compareAndSet(0, now);
                lastNanos.accumulateAndGet(now, Math::max);
                ofSnapshot.addAndGet(ChangeLines.count(data, from, length));
                bytesOfSnapshot.addAndGet(length);
                return;
            }
            Matcher id = ID.matcher(new String(data, from, length, StandardCharsets.UTF_8));
            while (id.find()) {
                came.putIfAbsent(Long.parseLong(id.group(1)), now);
            }
        }

        /** A record's lines are all of a snapshot, or none is: each is put in batches of its own. */
        private static boolean isOfSnapshot(byte[] data, int from, int length) {
            for (int at = from; at <= from + length - OF_SNAPSHOT.length && data[at] != '\n'; at++) {
                if (Arrays.equals(data, at, at + OF_SNAPSHOT.length, OF_SNAPSHOT, 0, OF_SNAPSHOT.length)) {
                    return true;
                }
            }
            return false;
        }

        /** Transactions that were committed once the snapshot was under way, so that they come by the stream. */
        private Set<Long> streamed() {
            return committed.entrySet().stream()
                    .filter(transaction -> transaction.getValue() > firstNanos.get())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        private Map<String, Number> lateness() {
            // A put may be acknowledged before MySQL has told the writer of its commit.
            long[] millis = streamed().stream()
                    .mapToLong(id -> Math.max(0, (came.get(id) - committed.get(id)) / 1_000_000))
                    .sorted()
                    .toArray();
            Map<String, Number> lateness = new LinkedHashMap<>();
            if (millis.length > 0) {
                lateness.put("written", millis.length * ROWS_A_TRANSACTION);
                lateness.put("p50_ms", millis[millis.length / 2]);
                lateness.put("p99_ms", millis[millis.length * 99 / 100]);
                lateness.put("max_ms", millis[millis.length - 1]);
            }
            return lateness;
        }
    }
}
