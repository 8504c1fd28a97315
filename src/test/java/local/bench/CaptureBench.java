package local.bench;

import floe.state.CaptureState;
import floe.state.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import local.FloeProcess;

/** Capture catches up with a backlog of the binlog, into an endpoint that only counts. */
final class CaptureBench {

    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final long SINGLE_ROWS = 50_000;
    private static final PutBody.Data NOBODY = (data, from, length) -> {};
    private static final Pattern POSITION = Pattern.compile("RowsEvent\".*\"position\":\"([^\"]+)\"");

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
            endpointAlone();
            Measurement limit = binlogAlone(backlog, start);
            catchUp(backlog, start, "capture", rows, Duration.ZERO, NOBODY, Optional.of(limit));
            catchUp(backlog, start, "capture-20ms", rows, Duration.ofMillis(20), NOBODY, Optional.of(limit));

            output.progress("writing " + SINGLE_ROWS + " transactions of one row to MySQL");
            backlog.create();
            Path caughtUp = floes.run("capture-20ms").resolve("state");
            backlog.writeSingly(SINGLE_ROWS);
            Queue<byte[]> stored = new ConcurrentLinkedQueue<>();
            catchUp(
                    backlog,
                    caughtUp,
                    "capture-oltp",
                    SINGLE_ROWS,
                    Duration.ZERO,
                    (data, from, length) -> stored.add(Arrays.copyOfRange(data, from, from + length)),
                    Optional.empty());
            checkPositions(stored);
        }
    }

    /** Returns the folder of the state that says where the binlog goes on after the snapshot. */
    private Path snapshotEmptyTable(Backlog backlog) throws Exception {
        output.progress("taking the snapshot of the empty table");
        Path state = floes.run("capture-snapshot").resolve("state");
        try (CountingKinesis kinesis = new CountingKinesis(Duration.ZERO, NOBODY);
                FloeProcess floe = floes.capturing("capture-snapshot", backlog.mysql(), kinesis.endpoint())) {
            floe.start();
            Standstill standstill = new Standstill(STANDSTILL, System::nanoTime);
            while (!floe.isReady()) {
                check(floe, standstill, 0, "Floe is not ready");
                Thread.sleep(50);
            }
            // A snapshot is over when something comes after it.
            backlog.mysql().execute(Backlog.inserts(0, 1));
            while (!isSaved(state) || !floe.isReady()) {
                check(floe, standstill, 0, "Floe has not saved in " + state + " where the binlog goes on");
                Thread.sleep(50);
            }
        }
        if (!isSaved(state)) {
            throw new IllegalStateException("Floe took back, as it ended, what it had saved in " + state);
        }
        return state;
    }

    /** Whether the snapshot is over and the change after it acknowledged, so that a copy goes on from there. */
    private static boolean isSaved(Path folder) throws IOException {
        return new StateFile(folder.resolve("state.json"))
                .read()
                .filter(state -> !state.isNew() && state.snapshots().isEmpty() && state.highest() != null)
                .isPresent();
    }

    private void catchUp(
            Backlog backlog,
            Path start,
            String bench,
            long expected,
            Duration latency,
            PutBody.Data listener,
            Optional<Measurement> limit)
            throws Exception {
        output.progress(bench + ": catching up with " + expected + " changes");
        copy(start, floes.run(bench).resolve("state"));
        try (CountingKinesis kinesis = new CountingKinesis(latency, listener);
                FloeProcess floe = floes.capturing(bench, backlog.mysql(), kinesis.endpoint())) {
            double endpointBefore = ProcessMeter.ofThis().cpuSeconds();
            long started = System.nanoTime();
            floe.start();
            await(floe, kinesis, expected);
            double sinceStart = (System.nanoTime() - started) / 1e9;
            ProcessMeter used = ProcessMeter.of(floe.pid());
            double seconds = kinesis.busy().toNanos() / 1e9;
            Map<String, Number> more = new LinkedHashMap<>();
            limit.ifPresent(most -> more.put(
                    "of_limit_binlog", Math.round(kinesis.rows() / seconds / most.rowsPerSecond() * 1_000) / 1_000.0));
            more.put("records", kinesis.records());
            more.put("seconds_from_start", Math.round(sinceStart * 100) / 100.0);
            more.put("endpoint_cpu_s", Math.round((ProcessMeter.ofThis().cpuSeconds() - endpointBefore) * 100) / 100.0);
            output.add(new Measurement(
                    bench,
                    kinesis.rows(),
                    seconds,
                    kinesis.bytes(),
                    used.cpuSeconds(),
                    used.peakMegabytes(),
                    kinesis.calls(),
                    more));
        }
    }

    /** What was counted must be different changes. */
    private void checkPositions(Queue<byte[]> records) {
        Set<String> positions = new HashSet<>();
        for (byte[] record : records) {
            Matcher position = POSITION.matcher(new String(record, StandardCharsets.UTF_8));
            while (position.find()) {
                positions.add(position.group(1));
            }
        }
        if (positions.size() != SINGLE_ROWS) {
            throw new IllegalStateException(
                    SINGLE_ROWS + " changes have " + positions.size() + " positions: some came twice, or not at all");
        }
        output.progress("  all of them have positions of their own");
    }

    private void endpointAlone() throws Exception {
        output.progress("limit-endpoint: the AWS SDK and the endpoint alone, with records made before");
        try (CountingKinesis kinesis = new CountingKinesis(Duration.ZERO, NOBODY)) {
            double before = ProcessMeter.ofThis().cpuSeconds();
            Measurement alone = Limit.measure(
                    "limit-endpoint",
                    rows,
                    0,
                    Map.of(),
                    EndpointAlone.class,
                    kinesis.endpoint().toString(),
                    String.valueOf(rows));
            double endpoint = ProcessMeter.ofThis().cpuSeconds() - before;
            // Its last call may take it beyond what was asked for.
            output.add(new Measurement(
                    alone.bench(),
                    kinesis.rows(),
                    alone.seconds(),
                    kinesis.bytes(),
                    alone.cpuSeconds(),
                    alone.peakMegabytes(),
                    kinesis.calls(),
                    Map.of("endpoint_cpu_s", Math.round(endpoint * 100) / 100.0)));
        }
    }

    private Measurement binlogAlone(Backlog backlog, Path start) throws Exception {
        output.progress("limit-binlog: the binlog decoded with the same library");
        CaptureState state = new StateFile(start.resolve("state.json")).read().orElseThrow();
        return output.add(Limit.measure(
                "limit-binlog",
                rows,
                backlog.bytes(),
                Map.of("CAPTURE_PASSWORD", backlog.mysql().password()),
                BinlogAlone.class,
                String.valueOf(backlog.mysql().port()),
                backlog.mysql().user(),
                String.valueOf(state.offset().get("file")),
                String.valueOf(state.offset().get("pos")),
                String.valueOf(rows)));
    }

    private void await(FloeProcess floe, CountingKinesis kinesis, long expected) throws Exception {
        Standstill standstill = new Standstill(STANDSTILL, System::nanoTime);
        long told = System.nanoTime();
        while (kinesis.rows() < expected) {
            check(floe, standstill, kinesis.rows(), kinesis.rows() + " of " + expected + " changes have come");
            if (System.nanoTime() - told > TELL.toNanos()) {
                told = System.nanoTime();
                output.progress("  " + kinesis.rows() + " of " + expected + " changes");
            }
            Thread.sleep(5);
        }
        // What was counted is about to be answered.
        Thread.sleep(100);
    }

    private static void check(FloeProcess floe, Standstill standstill, long count, String what) {
        String why = !floe.isAlive()
                ? "Floe has ended"
                : standstill.at(count) ? "nothing has moved for " + STANDSTILL.toSeconds() + " s" : null;
        if (why != null) {
            throw new IllegalStateException(
                    what + ", and " + why + "; see " + floe.log() + ". Its health: " + floe.health());
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
