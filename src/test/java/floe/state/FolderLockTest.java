package floe.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    @Test
    void oneHasItAndTheOtherLearnsWho() throws IOException {
        try (FolderLock first = FolderLock.take(folder).orElseThrow()) {
            assertThat(FolderLock.take(folder)).isEmpty();
            assertThat(FolderLock.holder(folder))
                    .matches("process " + ProcessHandle.current().pid() + " on host \\S+, since 20\\S+Z");
        }
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() throws IOException {
        FolderLock.take(folder).orElseThrow().close();

        assertThat(FolderLock.take(folder)).isPresent();
    }

    @Test
    void itHoldsAgainstAnotherProcessAndEndsWithIt() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("has it");

            assertThat(FolderLock.take(folder)).isEmpty();
            assertThat(FolderLock.holder(folder)).startsWith("process " + other.pid() + " on host ");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(FolderLock.take(folder)).isPresent();
    }

    /** A process that has the lock until it is ended. */
    static final class Holder {

        private Holder() {}

        public static void main(String... folder) throws Exception {
            try (FolderLock held = FolderLock.take(Path.of(folder[0])).orElseThrow()) {
                System.out.println(held == null ? "" : "has it");
                Thread.currentThread().join();
            }
        }
    }
}
