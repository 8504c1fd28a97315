package local.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import local.ConsoleLog;
import local.FloeProcess;
import local.LocalWorld;
import local.life.DdlKind;
import local.life.LifeSettings;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import local.tables.Mirrored;
import local.tables.Table;
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

    @Option(
            names = "--patience",
            defaultValue = "5",
            description =
                    "How many minutes both sides may take to become equal in the end (default: ${DEFAULT-VALUE}).")
    private double patience;

    @Option(
            names = "--life",
            description = "Write to four schemas of about 80 tables of all kinds, instead of to two tables.")
    private boolean life;

    @Option(
            names = "--kinds",
            split = ",",
            converter = KindsOfDdl.class,
            defaultValue = "all",
            description =
                    "With --life, how definitions change meanwhile: none, all, or names of kinds with commas between them"
                            + " (default: ${DEFAULT-VALUE}).")
    private List<DdlKind> kinds;

    @Option(
            names = "--ddl-percent",
            defaultValue = "8",
            description =
                    "With --life, in how many of a hundred rounds a definition changes (default: ${DEFAULT-VALUE},"
                            + " a week's changes, not a year's).")
    private int ddlPercent;

    @Option(
            names = "--rows",
            defaultValue = "100000",
            description = "With --life, how many rows there are in the beginning (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--calm", description = "Let nothing fail.")
    private boolean calm;

    @Option(
            names = "--cascades",
            description = "With --life, have foreign keys that change rows which no statement names.")
    private boolean cascades;

    @Option(
            names = "--no-key",
            defaultValue = "hash",
            description = "With --life, how tables without a key are copied: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}). With append they are read again at the end.")
    private NoKey noKey;

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
                Writes writes = writes(world.mysql(), chosen, folder);
                FloeProcess floe = new FloeProcess(folder, settings(world, folder, writes))) {
            floe.run("setup", "--execute");
            floe.start();
            Chaos chaos = new Chaos(world, floe, chosen);
            if (!calm) {
                chaos.begin();
            }
            write(writes, chaos, new Random(chosen));
            chaos.end();
            writes.comeToRest();
            Duration atMost = Duration.ofMillis((long) (patience * 60_000));
            readAgain(world, floe, writes, atMost);
            Convergence convergence = Convergence.await(world, writes.mirrored(), atMost);
            if (convergence.comparison().isEqual() && replay(world, floe)) {
                convergence = Convergence.await(world, writes.mirrored(), atMost);
            }
            Summary summary = new Summary(world, writes, chaos, convergence);
            summary.lines().forEach(Soak::tell);
            tell(summary.isWell() ? "Nothing is lost and nothing differs." : "See " + folder.resolve("floe.log"));
            return summary.isWell() ? 0 : 1;
        }
    }

    private Writes writes(MySqlServer mysql, long chosen, Path folder) throws Exception {
        if (!life) {
            return new Workload(mysql, chosen);
        }
        Set<DdlKind> all = EnumSet.noneOf(DdlKind.class);
        all.addAll(kinds);
        Path log = folder.resolve("life.sql");
        LifeWrites writes = new LifeWrites(
                mysql,
                LifeSettings.ofSeed(chosen)
                        .withRows(rows)
                        .withKinds(all)
                        .withCascades(cascades)
                        .withDdlPercent(ddlPercent),
                noKey,
                log);
        tell("Statements in " + log);
        return writes;
    }

    /** Those of the local world, with pauses that let more happen in a short time. */
    private static Map<String, String> settings(LocalWorld world, Path folder, Writes writes) {
        Map<String, String> settings = world.settings(writes.tables(), folder.resolve("state"));
        settings.putAll(writes.settings());
        settings.put("capture.heartbeat", "1s");
        settings.put("capture.longest-pause", "5s");
        settings.put("load.longest-pause", "5s");
        return settings;
    }

    /** Once all others are equal, so that capture knows of all tables. */
    private static void readAgain(LocalWorld world, FloeProcess floe, Writes writes, Duration atMost) throws Exception {
        List<Table> tables = writes.readAgain();
        if (!tables.isEmpty()) {
            List<Mirrored> others = writes.mirrored().stream()
                    .filter(mirrored -> !tables.contains(mirrored.table()))
                    .toList();
            Convergence.await(world, others, atMost);
            List<String> command = new ArrayList<>(List.of("snapshot"));
            tables.forEach(table -> command.add(table.quoted()));
            floe.run(command.toArray(String[]::new));
        }
    }

    /**
     * Puts dead letters back, as one does once their reason is mended: a row that was loaded before the event which tells of the
     * type of its column is one of them. What is then given up once more is lost.
     *
     * @return whether there were any
     */
    private static boolean replay(LocalWorld world, FloeProcess floe) throws Exception {
        int letters = world.s3().keys(LocalWorld.BUCKET, Summary.DEAD_LETTERS).size();
        if (letters > 0) {
            tell(letters + " objects of dead letters are replayed");
            floe.run("replay");
        }
        return letters > 0;
    }

    private void write(Writes writes, Chaos chaos, Random random) throws Exception {
        long end = System.currentTimeMillis() + (long) (minutes * 60_000);
        long nextTold = System.currentTimeMillis() + TELL_MILLIS;
        while (System.currentTimeMillis() < end) {
            writes.step();
            Thread.sleep(random.nextInt(20));
            chaos.check();
            if (System.currentTimeMillis() > nextTold) {
                long strikes = chaos.strikes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                tell("  " + writes.rows() + " rows written, " + strikes + " strikes");
                nextTold = System.currentTimeMillis() + TELL_MILLIS;
            }
        }
    }

    private static void tell(String text) {
        System.out.println(text);
    }
}
