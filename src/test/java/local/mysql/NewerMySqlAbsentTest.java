package local.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines on which a newer MySQL cannot be had: each has a reason, and no test waits long for it. */
class NewerMySqlAbsentTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path system;

    @TempDir
    private Path folder;

    @BeforeEach
    void isDebian() throws IOException {
        Files.writeString(system.resolve("os-release"), "ID=debian\nVERSION_CODENAME=bookworm\n");
        Files.createDirectories(system.resolve("apt"));
    }

    @Test
    void anotherSystemHasNone() throws IOException {
        Files.writeString(system.resolve("os-release"), "ID=fedora\n");

        assertThat(find(A_MINUTE)).isEqualTo("there is no newer MySQL here: this is no Debian");
    }

    @Test
    void debianWithoutASourceHasNone() {
        assertThat(find(A_MINUTE)).isEqualTo("there is no newer MySQL here: no source of apt has Debian bookworm");
    }

    @Test
    void downloadThatFailsIsNotTriedAgainAtOnce() throws IOException {
        sourceIs("file:" + system.resolve("nowhere"));
        String first = find(A_MINUTE);

        Files.delete(system.resolve("apt/sources.list"));
        String second = find(A_MINUTE);
        Files.setLastModifiedTime(
                folder.resolve("failed"), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        String third = find(A_MINUTE);

        assertThat(first)
                .startsWith("there is no newer MySQL here: apt-get")
                .contains("nowhere")
                .isEqualTo(second);
        assertThat(third).endsWith("no source of apt has Debian bookworm");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("lock", "failed");
    }

    @Test
    void downloadThatTakesTooLongIsGivenUp() throws IOException {
        sourceIs("file:" + system.resolve("nowhere"));

        assertThat(find(Duration.ofMillis(1)))
                .startsWith("there is no newer MySQL here: ")
                .contains("too");
    }

    @Test
    void serverOfNoneSaysWhy() {
        NewerMySql none = NewerMySql.find(folder, system, A_MINUTE);

        assertThatThrownBy(() -> none.server(MySqlSettings.defaults()))
                .isInstanceOf(MySqlFailed.class)
                .hasMessage(none.about());
    }

    @Test
    void commandThatTakesTooLongIsEnded() {
        assertThatThrownBy(() -> Commands.run(new ProcessBuilder("sh", "-c", "sleep 60; true"), Duration.ofMillis(50)))
                .isInstanceOf(MySqlFailed.class)
                .hasMessageContaining("took longer than 0 s");
    }

    private String find(Duration atMost) {
        NewerMySql found = NewerMySql.find(folder, system, atMost);
        assertThat(found.isThere()).isFalse();
        return found.about();
    }

    private void sourceIs(String address) throws IOException {
        Files.writeString(system.resolve("apt/sources.list"), "deb [trusted=yes] " + address + " bookworm main\n");
    }
}
