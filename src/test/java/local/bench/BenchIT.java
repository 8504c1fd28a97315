package local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void nothingThatItStartedOutlivesTheBenchWhenItIsTerminated() throws Exception {
        Path printed = folder.resolve("bench.log");
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bench.class.getName(),
                        "capture",
                        "--rows=10000")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            await().atMost(START).untilAsserted(() -> assertThat(commands(bench))
                    .as(Files.readString(printed))
                    .anyMatch(command -> command.contains("bin/mysqld"))
                    .anyMatch(command -> command.contains("quarkus-run.jar")));
            List<ProcessHandle> started = bench.descendants().toList();

            bench.destroy();

            assertThat(bench.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(started).hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
        } finally {
            bench.descendants().forEach(ProcessHandle::destroyForcibly);
            bench.destroyForcibly();
        }
    }

    /** Linux's own account, as Java leaves out long command lines. */
    private static List<String> commands(Process process) {
        return process.descendants()
                .map(started -> {
                    try {
                        return Files.readString(Path.of("/proc", String.valueOf(started.pid()), "cmdline"));
                    } catch (IOException e) {
                        return "";
                    }
                })
                .toList();
    }
}
