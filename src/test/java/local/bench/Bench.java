package local.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import local.ConsoleLog;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures capture, latency and load beside the limits of what they stand on. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Floe beside the limits of what it stands on, in the same run on the same machine.")
public final class Bench implements Callable<Integer> {

    /** What can be measured. */
    enum What {
        CAPTURE,
        SNAPSHOT,
        LATENCY,
        LOAD,
        JMH,
        ALL
    }

    @Parameters(paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private What what;

    @Option(names = "--json", description = "One JSON object a line and run, on standard output.")
    private boolean json;

    @Option(
            names = "--rows",
            defaultValue = "500000",
            description =
                    "Changes in the backlog of capture, or rows in the table of the snapshot, a multiple of 10,000"
                            + " (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(names = "--large", description = "Loads one file of 2 GB besides, which takes minutes.")
    private boolean large;

    @Option(names = "--profile", description = "Leaves a recording of Java Flight Recorder beside each log of Floe.")
    private boolean profile;

    public static void main(String... arguments) {
        ConsoleLog.start();
        Descendants.endWithThisProcess();
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println("The bench failed: " + failure);
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (rows < 10_000 || rows % 10_000 != 0) {
            throw new IllegalArgumentException("--rows is " + rows + "; it should be a multiple of 10,000");
        }
        Output output = new Output(json);
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "run-");
        output.progress(String.format(
                Locale.ROOT,
                "%d processors, %s %s, Java %s; logs in %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version(),
                folder));
        if (what == What.CAPTURE || what == What.ALL) {
            new CaptureBench(output, new FloeUnderBench(folder, profile), rows).run();
        }
        if (what == What.SNAPSHOT || what == What.ALL) {
            new SnapshotBench(output, new FloeUnderBench(folder, profile), rows).run();
        }
        if (what == What.LATENCY || what == What.ALL) {
            new LatencyBench(output, new FloeUnderBench(folder, profile)).run();
        }
        if (what == What.LOAD || what == What.ALL) {
            new LoadBench(output, new FloeUnderBench(folder, profile), large).run();
        }
        if (what == What.JMH) {
            new Runner(new OptionsBuilder()
                            .include("Benchmark")
                            .mode(Mode.AverageTime)
                            .timeUnit(TimeUnit.NANOSECONDS)
                            .warmupIterations(3)
                            .warmupTime(TimeValue.seconds(2))
                            .measurementIterations(5)
                            .measurementTime(TimeValue.seconds(2))
                            .forks(1)
                            .jvmArgs(FloeUnderBench.JVM_OPTIONS.toArray(String[]::new))
                            .build())
                    .run();
        }
        return 0;
    }
}
