package local.demo;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import local.ConsoleLog;
import local.FloeProcess;
import local.FloeSettings;
import local.LocalWorld;
import local.tables.Comparison;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the local world and the packaged application, and shows changes travel until both sides are equal. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows changes travel from a real MySQL to Snowflake tables, on this machine. Ctrl+C ends it.")
public final class Demo implements Callable<Integer> {

    private static final Duration START_AT_MOST = Duration.ofSeconds(90);
    private static final Duration CHANGE_AT_MOST = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;
    private static final int MOST_EXAMPLES = 20;

    @Option(
            names = "--once",
            description = "End when both sides are equal: exit code 0, or 1 if they do not become so.")
    private boolean once;

    @Option(
            names = "--firehose-seconds",
            defaultValue = "2",
            description = "How long Firehose gathers changes at most (default: ${DEFAULT-VALUE}; AWS allows 0 to 900).")
    private int firehoseSeconds;

    @Option(
            names = "--floe-by-hand",
            paramLabel = "FILE",
            description = "Write Floe's settings to this file and wait until you start it, as with Camel JBang.")
    private Path settings;

    private LocalWorld world;
    private FloeProcess floe;
    private volatile boolean interrupted;

    public static void main(String... arguments) {
        ConsoleLog.start();
        Demo demo = new Demo();
        System.exit(new CommandLine(demo)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    if (demo.interrupted) {
                        return 0;
                    }
                    command.getErr().println("\nThe demo failed: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "demo-interrupt"));
        Path folder = Files.createDirectories(Path.of("target", "demo"));
        Path run = Files.createTempDirectory(folder, "run-");
        tell("Starting the local world");
        world = LocalWorld.start(Duration.ofSeconds(firehoseSeconds), part -> tell("  " + part));
        try (Connection mysql = world.mysql().connection();
                Persons source = Persons.inMySql(world.mysql().connection());
                Persons target = Persons.inSnowflake(world.snowflake().connection())) {
            world.mysql()
                    .execute(
                            "CREATE DATABASE CDC_schema",
                            "CREATE TABLE CDC_schema.Persons"
                                    + " (PersonID int, FullName varchar(255), City varchar(255), PRIMARY KEY (PersonID))");
            for (Story.Step step : Story.before()) {
                step.run(mysql);
            }
            if (settings == null) {
                startFloe(run);
            } else {
                awaitFloe(run, source, target);
            }
            return show(mysql, source, target);
        } finally {
            close();
        }
    }

    private void startFloe(Path run) throws Exception {
        floe = new FloeProcess(run, world.settings(Schema.TABLES, run.resolve("state")));
        tell("Setting up Snowflake: floe setup --execute");
        floe.run("setup", "--execute");
        tell("Starting Floe: java -jar target/quarkus-app/quarkus-run.jar, log in " + floe.log());
        floe.start();
        long started = System.nanoTime();
        while (!floe.isReady()) {
            if (!floe.isAlive()) {
                throw new IllegalStateException("Floe ended at its start; see " + floe.log());
            }
            if (elapsed(started).compareTo(START_AT_MOST) > 0) {
                throw new IllegalStateException("Floe is not ready after " + START_AT_MOST.toSeconds() + " s: "
                        + floe.health() + " See also " + floe.log());
            }
            Thread.sleep(POLL_MILLIS);
        }
        tell(String.format(Locale.ROOT, "  ready after %.1f s", seconds(elapsed(started))));
    }

    /** Somebody else starts Floe, with the settings of the file. */
    private void awaitFloe(Path run, Persons source, Persons target) throws Exception {
        Map<String, String> all = world.settings(Schema.TABLES, run.resolve("state"));
        floe = new FloeProcess(run, all);
        tell("Setting up Snowflake: floe setup --execute");
        floe.run("setup", "--execute");
        FloeSettings.withAwsKeys(all);
        Properties properties = new Properties();
        properties.putAll(all);
        Files.createDirectories(settings.toAbsolutePath().getParent());
        try (Writer writer = Files.newBufferedWriter(settings)) {
            properties.store(writer, "Floe in the local world, until it ends");
        }
        tell("Waiting for Floe. Its settings are in " + settings);
        while (!source.rows().equals(target.rows())) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private int show(Connection mysql, Persons source, Persons target) throws Exception {
        tell("\nThe rows that were there before Floe come by snapshot");
        awaitEqual(source, target);
        tell("\nChanges, with the time from commit in MySQL to the row in Snowflake");
        play(mysql, target, Story.inserts());
        play(mysql, target, Story.changes());
        awaitEqual(source, target);
        System.out.print("\n" + SideBySide.of(source.rows(), target.rows()));
        tell("\nThe tables are equal.");
        tell("\nNow the tables themselves change, with the time until Snowflake has followed; nobody touches it");
        play(mysql, new Schema(world), Story.definitions());
        if (!once) {
            tell(invitation());
            watch(source, target);
        }
        return 0;
    }

    /** Makes the changes, then tells of each one when it shows in Snowflake. */
    private static void play(Connection mysql, Persons target, List<Story.Step> steps) throws Exception {
        List<Story.Step> waiting = new ArrayList<>();
        List<Long> committed = new ArrayList<>();
        for (Story.Step step : steps) {
            step.run(mysql);
            waiting.add(step);
            committed.add(System.nanoTime());
        }
        long began = System.nanoTime();
        while (!waiting.isEmpty()) {
            SortedMap<Integer, Row> rows = target.rows();
            for (int i = waiting.size() - 1; i >= 0; i--) {
                Story.Step step = waiting.get(i);
                if (Objects.equals(rows.get(step.personId()), step.after())) {
                    tell(String.format(
                            Locale.ROOT, "  %5.2f s  %s", seconds(elapsed(committed.remove(i))), step.told()));
                    waiting.remove(i);
                }
            }
            if (elapsed(began).compareTo(CHANGE_AT_MOST) > 0) {
                throw new IllegalStateException("After " + CHANGE_AT_MOST.toSeconds() + " s this has not arrived: "
                        + waiting.get(0).told());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Changes tables, then tells of each one when it is equal on both sides. */
    private static void play(Connection mysql, Schema schema, List<Story.Definition> definitions) throws Exception {
        long began = System.nanoTime();
        Map<Story.Definition, Long> waiting = new LinkedHashMap<>();
        for (Story.Definition definition : definitions) {
            definition.run(mysql);
            waiting.put(definition, System.nanoTime());
        }
        while (true) {
            Comparison comparison = schema.compare();
            tellEqual(waiting, comparison);
            if (comparison.isEqual()) {
                tell(String.format(
                        Locale.ROOT,
                        "Both sides are equal: all %d rows, in each column. It took %.2f s.",
                        comparison.rows(),
                        seconds(elapsed(began))));
                return;
            }
            if (elapsed(began).compareTo(CHANGE_AT_MOST) > 0) {
                throw new IllegalStateException("Both sides differ after " + CHANGE_AT_MOST.toSeconds() + " s:\n"
                        + String.join("\n", comparison.examples(MOST_EXAMPLES)));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void tellEqual(Map<Story.Definition, Long> waiting, Comparison comparison) {
        Set<String> unequal = comparison.differences().stream()
                .map(difference -> difference.table().name())
                .collect(Collectors.toSet());
        waiting.entrySet().removeIf(change -> {
            boolean isEqual = !unequal.contains(change.getKey().table());
            if (isEqual) {
                tell(String.format(
                        Locale.ROOT,
                        "  %5.2f s  %s",
                        seconds(elapsed(change.getValue())),
                        change.getKey().told()));
            }
            return isEqual;
        });
    }

    private static void awaitEqual(Persons source, Persons target) throws Exception {
        long began = System.nanoTime();
        while (!source.rows().equals(target.rows())) {
            if (elapsed(began).compareTo(CHANGE_AT_MOST) > 0) {
                throw new IllegalStateException("The tables differ after " + CHANGE_AT_MOST.toSeconds() + " s:\n"
                        + SideBySide.of(source.rows(), target.rows()));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private String invitation() {
        return """

                Now it is your turn. Everything stays up until Ctrl+C:
                  MySQL         mysql --host=%s --port=%d --user=%s --password=%s CDC_schema
                  staged files  aws s3 ls --recursive --endpoint-url %s s3://%s/
                                under staging/, then archive/; dead letters under dead-letter/ (any access key works: local)
                  Snowflake     %s (user %s, password %s)
                  log           %s
                Change rows of Persons and watch them arrive here. Tables that you create in CDC_schema come by themselves."""
                .formatted(
                        world.mysql().host(),
                        world.mysql().port(),
                        world.mysql().adminUser(),
                        world.mysql().password(),
                        world.s3().endpoint(),
                        LocalWorld.BUCKET,
                        world.snowflake().url(),
                        world.snowflake().user(),
                        world.snowflake().password(),
                        settings == null ? floe.log() : "where you have started Floe");
    }

    /** Shows the tables again whenever a change has arrived, until the process is stopped. */
    private void watch(Persons source, Persons target) throws Exception {
        SortedMap<Integer, Row> shown = target.rows();
        while (settings != null || floe.isAlive()) {
            Thread.sleep(POLL_MILLIS);
            SortedMap<Integer, Row> rows = target.rows();
            if (!rows.equals(shown)) {
                shown = rows;
                System.out.print("\n" + SideBySide.of(source.rows(), rows));
            }
        }
        throw new IllegalStateException("Floe has ended; see " + floe.log());
    }

    /** Ctrl+C: what fails from now on fails because its other side has ended. */
    private void interrupt() {
        interrupted = true;
        close();
    }

    private synchronized void close() {
        if (floe != null) {
            floe.close();
            floe = null;
        }
        if (world != null) {
            try {
                world.close();
            } catch (Exception e) {
                System.err.println("The local world did not end in order: " + e);
            }
            world = null;
        }
    }

    private static Duration elapsed(long sinceNanos) {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void tell(String text) {
        System.out.println(text);
    }
}
