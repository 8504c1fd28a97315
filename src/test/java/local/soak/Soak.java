package local.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import local.FloeProcess;
import local.LocalWorld;
import local.mysql.MySqlSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes to MySQL while everything fails and is killed again and again, Floe and MySQL included; then compares. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Writes to MySQL while Kinesis, Firehose, S3 and Snowflake fail at random, and Floe and MySQL are stopped"
                    + " and killed again and again; then waits until the tables are equal.",
            "Ends with 0 only if no row is lost and none differs."
        })
public final class Soak implements Callable<Integer> {

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
        // What MySQL has committed survives its being killed.
        MySqlSettings mysql = MySqlSettings.defaults()
                .withOption("innodb_flush_log_at_trx_commit", "1")
                .withOption("sync_binlog", "1");
        try (LocalWorld world = LocalWorld.start(mysql, Duration.ofSeconds(1), part -> {});
                Workload workload = new Workload(world.mysql(), chosen);
                FloeProcess floe = new FloeProcess(folder, settings(world, folder))) {
            floe.run("setup", "--execute");
            floe.start();
            Chaos chaos = new Chaos(world, floe, chosen);
            chaos.begin();
            write(workload, chaos, new Random(chosen));
            chaos.end();
            Convergence convergence = Convergence.await(world);
            Summary summary = new Summary(world, workload, chaos, convergence);
            summary.lines().forEach(Soak::tell);
            tell(summary.isWell() ? "Nothing is lost and nothing differs." : "See " + folder.resolve("floe.log"));
            return summary.isWell() ? 0 : 1;
        }
    }

    /** Those of the local world, with pauses that let more happen in a short time. */
    private static Map<String, String> settings(LocalWorld world, Path folder) {
        Map<String, String> settings = world.settings(Workload.TABLES, folder.resolve("state"));
        settings.put("capture.heartbeat", "1s");
        settings.put("capture.longest-pause", "5s");
        settings.put("load.longest-pause", "5s");
        return settings;
    }

    private void write(Workload workload, Chaos chaos, Random random) throws Exception {
        long end = System.currentTimeMillis() + (long) (minutes * 60_000);
        long nextTold = System.currentTimeMillis() + TELL_MILLIS;
        while (System.currentTimeMillis() < end) {
            workload.transaction();
            Thread.sleep(random.nextInt(20));
            chaos.check();
            if (System.currentTimeMillis() > nextTold) {
                long strikes = chaos.strikes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                tell("  " + workload.rows() + " rows written, " + strikes + " strikes");
                nextTold = System.currentTimeMillis() + TELL_MILLIS;
            }
        }
    }

    private static void tell(String text) {
        System.out.println(text);
    }
}
