package local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DescendantsTest {

    /** Starts a process that starts another, neither of which ends by SIGTERM, prints their ids, and goes on for ever. */
    static final class Parent {
        public static void main(String... arguments) throws IOException, InterruptedException {
            Descendants.endWithThisProcess();
            new ProcessBuilder(
                            "sh",
                            "-c",
                            "trap '' TERM INT; sh -c \"trap '' TERM; echo \\$\\$; exec sleep 600\" & echo $$; wait")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        }
    }

    @Test
    void nothingThatWasStartedOutlivesAProcessThatIsTerminated() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader printed = parent.inputReader()) {
            List<ProcessHandle> started = List.of(process(printed.readLine()), process(printed.readLine()));

            parent.destroy();

            assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(started).noneMatch(ProcessHandle::isAlive);
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }

    private static ProcessHandle process(String id) {
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }
}
