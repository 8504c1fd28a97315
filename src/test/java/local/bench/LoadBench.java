package local.bench;

import floe.change.Column;
import floe.change.TableShape;
import floe.snowflake.Setup;
import floe.snowflake.SnowflakeName;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import local.FloeProcess;
import local.s3.S3Server;
import local.snowflake.SnowflakeServer;
import software.amazon.awssdk.core.sync.RequestBody;

/** Load takes staged files, into a Snowflake that answers each call late and does nothing, and into the stand-in. */
final class LoadBench {

    private static final Duration AT_MOST = Duration.ofMinutes(30);
    private static final Duration TELL = Duration.ofSeconds(5);
    /** Each lists what is staged, on the same cores; when the last file went is known without it. */
    private static final Duration LISTING = Duration.ofMillis(500);

    private static final Duration CALL = Duration.ofMillis(100);
    private static final int EVENTS_A_FILE = 100_000;
    private static final int FILES = 20;

    private static final Workload PLAIN = new Workload("load", FILES, EVENTS_A_FILE, StagedEvents.PLAIN, CALL);

    /** What has made loaders slow elsewhere, and what the stand-in applies. */
    private static final List<Workload> OTHERS = List.of(
            new Workload("load-100-tables", 5, EVENTS_A_FILE, new StagedEvents(100, 0), CALL),
            new Workload("load-small-files", 10_000, 10, StagedEvents.PLAIN, CALL),
            new Workload("load-slow-calls", 64, 20_000, StagedEvents.PLAIN, Duration.ofMillis(1_500)),
            // 64 MB.
            new Workload("load-slowest-calls", 1, 180_000, StagedEvents.PLAIN, Duration.ofSeconds(35)),
            new Workload("load-stand-in", 1, EVENTS_A_FILE, StagedEvents.PLAIN, null),
            new Workload("load-unfit", 1, EVENTS_A_FILE, new StagedEvents(1, 100), null));
    /** Some 350 bytes each: 2 GB. */
    private static final long EVENTS_OF_LARGE_FILE = 6_000_000;

    /**
     * What is loaded.
     *
     * @param eventsAFile how many events each file holds
     * @param call how long a call takes, which then does nothing; null where the stand-in applies what it brings
     */
    private record Workload(String bench, int files, int eventsAFile, StagedEvents events, Duration call) {}

    private final Output output;
    private final FloeUnderBench floes;
    private final boolean large;

    /** @param large whether to load one file of 2 GB besides */
    LoadBench(Output output, FloeUnderBench floes, boolean large) {
        this.output = output;
        this.floes = floes;
        this.large = large;
    }

    void run() throws Exception {
        Path sample = floes.run("events.ndjson");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(sample))) {
            StagedEvents.PLAIN.write(file, 0, EVENTS_A_FILE);
        }
        load(PLAIN);
        output.progress("limit-parser: the JSON parser alone");
        output.add(Limit.measure(
                "limit-parser",
                (long) FILES * EVENTS_A_FILE,
                FILES * Files.size(sample),
                Map.of(),
                ParserAlone.class,
                sample.toString(),
                String.valueOf(FILES)));
        for (Workload other : OTHERS) {
            load(other);
        }
        if (large) {
            loadLarge();
        }
    }

    private void load(Workload work) throws Exception {
        output.progress(work.bench() + ": " + work.files() + " files of " + work.eventsAFile() + " events");
        try (S3Server s3 = S3Server.start();
                SnowflakeServer snowflake = snowflake(work.events().tables(), work.call())) {
            s3.createBucket(FloeUnderBench.BUCKET);
            long bytes = 0;
            for (int i = 0; i < work.files(); i++) {
                ByteArrayOutputStream events = new ByteArrayOutputStream();
                work.events().write(events, (long) i * work.eventsAFile(), work.eventsAFile());
                put(s3, i, events.toByteArray());
                bytes += events.size();
            }
            measure(work.bench(), s3, snowflake, (long) work.files() * work.eventsAFile(), bytes);
        }
    }

    private void loadLarge() throws Exception {
        output.progress("load-2gb: one file of " + EVENTS_OF_LARGE_FILE + " events, compressed");
        try (S3Server s3 = S3Server.start();
                SnowflakeServer snowflake = snowflake(1, CALL)) {
            s3.createBucket(FloeUnderBench.BUCKET);
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            var counted = new Object() {
                long bytes;
            };
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed);
                    OutputStream events = new BufferedOutputStream(gzip) {
                        @Override
                        public synchronized void write(byte[] data, int from, int length) throws IOException {
                            counted.bytes += length;
                            super.write(data, from, length);
                        }
                    }) {
                StagedEvents.PLAIN.write(events, 0, EVENTS_OF_LARGE_FILE);
            }
            put(s3, 0, compressed.toByteArray());
            measure("load-2gb", s3, snowflake, EVENTS_OF_LARGE_FILE, counted.bytes);
        }
    }

    private void measure(String bench, S3Server s3, SnowflakeServer snowflake, long events, long bytes)
            throws Exception {
        AtomicLong first = new AtomicLong();
        AtomicLong last = new AtomicLong();
        s3.faults().only((method, path) -> {
            if (path.contains("/staging/") && "GET".equals(method)) {
                first.compareAndSet(0, System.nanoTime());
            } else if ("DELETE".equals(method)) {
                last.set(System.nanoTime());
            }
            return false;
        });
        try (FloeProcess floe = floes.loading(bench, s3, snowflake)) {
            floe.start();
            long began = System.nanoTime();
            long told = began;
            List<String> staged = s3.keys(FloeUnderBench.BUCKET, "staging/");
            while (!staged.isEmpty()) {
                if (System.nanoTime() - told > TELL.toNanos()) {
                    told = System.nanoTime();
                    output.progress("  " + staged.size() + " files are staged, "
                            + snowflake.journal().statements("CALL") + " calls were made");
                }
                if (!floe.isAlive() || System.nanoTime() - began > AT_MOST.toNanos()) {
                    throw new IllegalStateException("Floe does not load: " + floe.health() + "; see " + floe.log());
                }
                Thread.sleep(LISTING.toMillis());
                staged = s3.keys(FloeUnderBench.BUCKET, "staging/");
            }
            long calls = snowflake.journal().statements("CALL");
            ProcessMeter used = ProcessMeter.of(floe.pid());
            output.add(new Measurement(
                    bench,
                    events,
                    (last.get() - first.get()) / 1e9,
                    bytes,
                    used.cpuSeconds(),
                    used.peakMegabytes(),
                    calls,
                    Map.of("calls_per_100000", Math.round(calls * 100_000.0 / events))));
        }
    }

    private static SnowflakeServer snowflake(int tables, Duration call) throws Exception {
        SnowflakeServer snowflake = SnowflakeServer.start();
        var persons = new TableShape(
                List.of("PersonID"),
                List.of(
                        column("PersonID", "int", false),
                        column("FullName", "varchar", true),
                        column("City", "varchar", true)));
        List<Setup.Mirror> mirrors = IntStream.range(0, tables)
                .mapToObj(StagedEvents::table)
                .map(source -> new Setup.Mirror(
                        source, persons, new SnowflakeName(SnowflakeServer.DATABASE, "PUBLIC", source.table())))
                .toList();
        try (Connection connection = snowflake.connection()) {
            Setup.execute(mirrors, connection);
        }
        if (call != null) {
            snowflake.faults().skipCalls().latency(call);
        }
        return snowflake;
    }

    private static Column column(String name, String type, boolean nullable) {
        return Column.named(name, type).nullable(nullable).build();
    }

    private static void put(S3Server s3, int number, byte[] content) {
        String key = "staging/2026/11/22/10/floe-1-2026-11-22-10-00-%02d-0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f"
                .formatted(number);
        s3.client()
                .putObject(request -> request.bucket(FloeUnderBench.BUCKET).key(key), RequestBody.fromBytes(content));
    }
}
