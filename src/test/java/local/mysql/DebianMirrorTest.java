package local.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianMirrorTest {

    @TempDir
    private Path apt;

    @Test
    void sourceOfTheReleaseIsFoundAmongStanzas() throws IOException {
        source(
                "a.sources",
                """
                Types: deb
                URIs: http://mirror.invalid/security
                Suites: bookworm-security
                Components: main

                # The archive.
                Types: deb deb-src
                # Not the one that it was made from.
                URIs: http://mirror.invalid/debian
                Suites: bookworm bookworm-updates
                Components: main contrib
                Signed-By: /usr/share/keyrings/keys.gpg
                """);

        assertThat(DebianMirror.of(apt, "bookworm"))
                .contains(
                        new DebianMirror("http://mirror.invalid/debian", Optional.of("/usr/share/keyrings/keys.gpg")));
    }

    @Test
    void sourceOfTheReleaseIsFoundAmongLines() throws IOException {
        Files.writeString(
                apt.resolve("sources.list"),
                """
                # deb http://commented.invalid/debian bookworm main
                deb-src http://source.invalid/debian bookworm main
                deb http://other.invalid/debian trixie main
                deb [arch=amd64 signed-by=/keys.gpg] http://mirror.invalid/debian bookworm contrib main
                """);

        assertThat(DebianMirror.of(apt, "bookworm"))
                .contains(new DebianMirror("http://mirror.invalid/debian", Optional.of("/keys.gpg")));
    }

    @Test
    void sourceThatIsOffOrHasOtherPackagesDoesNotCount() throws IOException {
        source(
                "off.sources",
                """
                Enabled: no
                Types: deb
                URIs: http://mirror.invalid/debian
                Suites: bookworm
                Components: main
                """);
        source("other.list", "deb http://mirror.invalid/debian bookworm non-free\n");
        source("other.list.disabled", "deb http://mirror.invalid/debian bookworm main\n");

        assertThat(DebianMirror.of(apt, "bookworm")).isEmpty();
    }

    @Test
    void lineNamesTheReleaseAndTheKeys() {
        assertThat(new DebianMirror("http://mirror.invalid/debian", Optional.of("/keys.gpg")).line("sid"))
                .isEqualTo("deb [signed-by=/keys.gpg] http://mirror.invalid/debian sid main");
        assertThat(new DebianMirror("http://mirror.invalid/debian", Optional.empty()).line("sid"))
                .isEqualTo("deb http://mirror.invalid/debian sid main");
    }

    private void source(String name, String text) throws IOException {
        Files.createDirectories(apt.resolve("sources.list.d"));
        Files.writeString(apt.resolve("sources.list.d").resolve(name), text);
    }
}
