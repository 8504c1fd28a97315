package local.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import local.FloeProcess;

/** How long a change takes from its commit in MySQL to its acknowledged put, at a steady rate. */
final class LatencyBench {

    private static final int ROWS_A_SECOND = 500;
    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 30;
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final Pattern ID = Pattern.compile("\"values\":\\{\"PersonID\":(\\d+)");

    private final Output output;
    private final FloeUnderBench floes;
    private final AtomicLongArray committed = new AtomicLongArray((WARM_UP_SECONDS + SECONDS) * ROWS_A_SECOND + 1);
    private final AtomicLongArray stored = new AtomicLongArray(committed.length());

    LatencyBench(Output output, FloeUnderBench floes) {
        this.output = output;
        this.floes = floes;
    }

    void run() throws Exception {
        output.progress("latency: " + ROWS_A_SECOND + " transactions of one row a second for "
                + (WARM_UP_SECONDS + SECONDS) + " s, of which the last " + SECONDS + " count");
        try (Backlog source = new Backlog();
                CountingKinesis kinesis = new CountingKinesis(Duration.ZERO, this::stored)) {
            source.create();
            try (FloeProcess floe = floes.capturing("latency", source.mysql(), kinesis.endpoint());
                    Connection connection = source.mysql().connection();
                    Statement statement = connection.createStatement()) {
                floe.start();
                Standstill starting = new Standstill(STANDSTILL, System::nanoTime);
                while (!floe.isReady()) {
                    if (!floe.isAlive() || starting.at(0)) {
                        throw new IllegalStateException(
                                "Floe is not ready; see " + floe.log() + ". Its health: " + floe.health());
                    }
                    Thread.sleep(50);
                }
                int warm = WARM_UP_SECONDS * ROWS_A_SECOND;
                write(statement, 1, warm);
                double cpuBefore = ProcessMeter.of(floe.pid()).cpuSeconds();
                write(statement, warm + 1, committed.length() - 1);
                Standstill standstill = new Standstill(STANDSTILL, System::nanoTime);
                while (kinesis.rows() < committed.length() - 1) {
                    if (standstill.at(kinesis.rows())) {
                        throw new IllegalStateException(kinesis.rows() + " of " + (committed.length() - 1)
                                + " changes have come, and no more for " + STANDSTILL.toSeconds() + " s; see "
                                + floe.log() + ". Its health: " + floe.health());
                    }
                    output.progress("  " + kinesis.rows() + " of " + (committed.length() - 1) + " changes");
                    Thread.sleep(1_000);
                }
                ProcessMeter used = ProcessMeter.of(floe.pid());
                report(warm + 1, used, used.cpuSeconds() - cpuBefore, kinesis);
            }
        }
    }

    private void write(Statement statement, int first, int last) throws Exception {
        long began = System.nanoTime();
        for (int id = first; id <= last; id++) {
            long due = began + (id - first) * (1_000_000_000L / ROWS_A_SECOND);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            statement.execute(Backlog.inserts(id, 1));
            committed.set(id, System.nanoTime());
        }
    }

    private void stored(byte[] data, int from, int length) {
        Matcher id = ID.matcher(new String(data, from, length, StandardCharsets.UTF_8));
        while (id.find()) {
            stored.set(Integer.parseInt(id.group(1)), System.nanoTime());
        }
    }

    private void report(int first, ProcessMeter used, double cpuSeconds, CountingKinesis kinesis) {
        double[] millis = new double[committed.length() - first];
        for (int id = first; id < committed.length(); id++) {
            // A put may be acknowledged before MySQL has told the writer of its commit.
            millis[id - first] = Math.max(0, (stored.get(id) - committed.get(id)) / 1e6);
        }
        Arrays.sort(millis);
        output.add(new Measurement(
                "latency",
                millis.length,
                SECONDS,
                kinesis.bytes() * millis.length / kinesis.rows(),
                cpuSeconds,
                used.peakMegabytes(),
                kinesis.calls() * millis.length / kinesis.rows(),
                Map.of(
                        "p50_ms", rounded(millis[millis.length / 2]),
                        "p99_ms", rounded(millis[millis.length * 99 / 100]),
                        "max_ms", rounded(millis[millis.length - 1]))));
    }

    private static double rounded(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}
