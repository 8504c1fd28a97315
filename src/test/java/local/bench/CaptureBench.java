package local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import local.FloeProcess;

/** Capture catches up with a backlog of the binlog, into an endpoint that only counts. */
final class CaptureBench {

    private static final Duration AT_MOST = Duration.ofMinutes(30);
    private static final long SINGLE_ROWS = 50_000;

    private final Output output;
    private final FloeUnderBench floes;
    private final long rows;

    CaptureBench(Output output, FloeUnderBench floes, long rows) {
        this.output = output;
        this.floes = floes;
        this.rows = rows;
    }

    void run() throws Exception {
        try (Backlog backlog = new Backlog()) {
            backlog.create();
            Path start = snapshotEmptyTable(backlog);
            backlog.write(rows, output::progress);
            Measurement direct = catchUp(backlog, start, "capture", rows, Duration.ZERO);
            catchUp(backlog, start, "capture-20ms", rows, Duration.ofMillis(20));
            binlogAlone(backlog, start, "limit-binlog", rows, direct.bytes());

            output.progress("writing " + SINGLE_ROWS + " transactions of one row to MySQL");
            backlog.create();
            Path caughtUp = floes.run("capture-20ms").resolve("state");
            backlog.writeSingly(SINGLE_ROWS);
            catchUp(backlog, caughtUp, "capture-oltp", SINGLE_ROWS, Duration.ZERO);
        }
    }

    /** Returns the folder of the state that says where the binlog goes on after the snapshot. */
    private Path snapshotEmptyTable(Backlog backlog) throws Exception {
        output.progress("taking the snapshot of the empty table");
        try (CountingKinesis kinesis = new CountingKinesis(Duration.ZERO, data -> {});
                FloeProcess floe = floes.capturing("capture-snapshot", backlog.mysql(), kinesis.endpoint())) {
            floe.start();
            long began = System.nanoTime();
            while (!floe.isReady()) {
                check(floe, began);
                Thread.sleep(50);
            }
            // A snapshot is over when something comes after it.
            backlog.mysql().execute(Backlog.inserts(0, 1));
            await(floe, kinesis, 1);
        }
        return floes.run("capture-snapshot").resolve("state");
    }

    private Measurement catchUp(Backlog backlog, Path start, String bench, long expected, Duration latency)
            throws Exception {
        output.progress(bench + ": catching up with " + expected + " changes");
        copy(start, floes.run(bench).resolve("state"));
        try (CountingKinesis kinesis = new CountingKinesis(latency, data -> {});
                FloeProcess floe = floes.capturing(bench, backlog.mysql(), kinesis.endpoint())) {
            long started = System.nanoTime();
            floe.start();
            await(floe, kinesis, expected);
            double sinceStart = (System.nanoTime() - started) / 1e9;
            ProcessMeter used = ProcessMeter.of(floe.pid());
            Map<String, Number> more = new LinkedHashMap<>();
            more.put("records", kinesis.records());
            more.put("seconds_from_start", Math.round(sinceStart * 100) / 100.0);
            return output.add(new Measurement(
                    bench,
                    kinesis.rows(),
                    kinesis.busy().toNanos() / 1e9,
                    kinesis.bytes(),
                    used.cpuSeconds(),
                    used.peakMegabytes(),
                    kinesis.calls(),
                    more));
        }
    }

    private void binlogAlone(Backlog backlog, Path start, String bench, long expected, long bytes) throws Exception {
        output.progress(bench + ": the binlog decoded with the same library");
        JsonNode offset =
                new JsonMapper().readTree(start.resolve("state.json").toFile()).path("offset");
        output.add(Limit.measure(
                bench,
                expected,
                bytes,
                Map.of("CAPTURE_PASSWORD", backlog.mysql().password()),
                BinlogAlone.class,
                String.valueOf(backlog.mysql().port()),
                backlog.mysql().user(),
                offset.path("file").asText(),
                offset.path("pos").asText(),
                String.valueOf(expected)));
    }

    private void await(FloeProcess floe, CountingKinesis kinesis, long expected) throws Exception {
        long began = System.nanoTime();
        long told = began;
        while (kinesis.rows() < expected) {
            check(floe, began);
            if (System.nanoTime() - told > Duration.ofSeconds(5).toNanos()) {
                told = System.nanoTime();
                output.progress("  " + kinesis.rows() + " of " + expected + " changes");
            }
            Thread.sleep(5);
        }
        // What was counted is about to be answered.
        Thread.sleep(100);
    }

    private static void check(FloeProcess floe, long began) {
        if (!floe.isAlive() || System.nanoTime() - began > AT_MOST.toNanos()) {
            throw new IllegalStateException("Floe " + (floe.isAlive() ? "takes too long" : "has ended") + "; see "
                    + floe.log() + " and " + floe.health());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
