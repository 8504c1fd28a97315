package local.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import local.FloeProcess;
import local.LocalWorld;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes to MySQL while everything around Floe fails and Floe itself is killed again and again; then compares. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Writes to MySQL while Kinesis, Firehose, S3 and Snowflake fail at random and Floe is killed with SIGKILL"
                    + " again and again; then waits until the tables are equal.",
            "Ends with 0 only if no row is lost and none differs."
        })
public final class Soak implements Callable<Integer> {

    private static final Duration CONVERGE_AT_MOST = Duration.ofMinutes(5);
    private static final long TELL_MILLIS = 15_000;

    @Option(names = "--minutes", defaultValue = "5", description = "How long to write (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--seed", description = "Repeats the random choices of a run (default: random, and printed).")
    private Long seed;

    public static void main(String... arguments) {
        ConsoleLog.start();
        System.exit(new CommandLine(new Soak())
                .setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println("The soak failed: " + failure);
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        tell("Seed " + chosen + ", " + minutes + " minutes");
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "soak")), "run-");
        try (LocalWorld world = LocalWorld.start(Duration.ofSeconds(1), part -> {});
                Connection writes = world.mysql().connection();
                FloeProcess floe = new FloeProcess(folder, world.settings(Workload.TABLES, folder.resolve("state")))) {
            Workload workload = new Workload(writes, chosen);
            floe.run("setup", "--execute");
            floe.start();
            Chaos chaos = new Chaos(world, chosen);
            chaos.begin();
            write(workload, chaos, floe, new Random(chosen));
            chaos.end();
            if (!floe.isAlive()) {
                floe.start();
            }
            return report(world, writes, workload, chaos, folder);
        }
    }

    private void write(Workload workload, Chaos chaos, FloeProcess floe, Random random) throws Exception {
        long end = System.currentTimeMillis() + (long) (minutes * 60_000);
        long nextKill = System.currentTimeMillis() + 10_000;
        long nextStrike = System.currentTimeMillis() + 3_000;
        long nextTold = System.currentTimeMillis() + TELL_MILLIS;
        while (System.currentTimeMillis() < end) {
            workload.transaction();
            Thread.sleep(random.nextInt(20));
            long now = System.currentTimeMillis();
            if (now > nextStrike) {
                chaos.strike();
                nextStrike = now + 500 + random.nextInt(5_000);
            }
            if (now > nextKill) {
                chaos.count("Floe killed");
                floe.kill();
                floe.start();
                nextKill = now + 5_000 + random.nextInt(20_000);
            }
            if (now > nextTold) {
                tell("  " + workload.rows() + " rows written, " + chaos.counts().getOrDefault("Floe killed", 0)
                        + " kills");
                nextTold = now + TELL_MILLIS;
            }
        }
    }

    private static int report(LocalWorld world, Connection writes, Workload workload, Chaos chaos, Path folder)
            throws Exception {
        long began = System.currentTimeMillis();
        Comparison comparison;
        do {
            Thread.sleep(500);
            try (Connection snowflake = world.snowflake().connection()) {
                comparison = Comparison.of(writes, snowflake);
            }
        } while (!comparison.isEqual() && System.currentTimeMillis() - began < CONVERGE_AT_MOST.toMillis());
        int deadLetters = world.s3().keys(LocalWorld.BUCKET, "dead-letter/").size();
        tell("rows written           " + workload.rows());
        chaos.counts().forEach((fault, count) -> tell(String.format(Locale.ROOT, "%-22s %d", fault, count)));
        tell("records rejected       " + world.kinesis().counters().rejectedRecords());
        tell("records on the stream  "
                + world.kinesis().records(LocalWorld.STREAM).size());
        tell("records delivered      " + world.firehose().counters().recordsStored() + " (each counted once)");
        tell("files staged           " + world.firehose().counters().objects());
        tell("dead letters           " + deadLetters);
        tell("lost                   " + comparison.lost());
        tell("differing              " + comparison.differing());
        comparison.examples().forEach(example -> tell("  " + example));
        tell(String.format(
                Locale.ROOT, "time to converge       %.1f s", (System.currentTimeMillis() - began) / 1000.0));
        boolean well = comparison.isEqual() && deadLetters == 0;
        tell(well ? "Nothing is lost and nothing differs." : "See " + folder.resolve("floe.log"));
        return well ? 0 : 1;
    }

    private static void tell(String text) {
        System.out.println(text);
    }
}
