package floe.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an orchestrator relies on in the Dockerfiles; src/test/image/check builds one of them and runs it. */
class DockerfileIT {

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.native"})
    void theUserIsANumberAndNotRoot(String dockerfile) throws IOException {
        // Kubernetes' runAsNonRoot refuses names, as it cannot know whose they are.
        assertThat(last(dockerfile, "USER")).isEqualTo("10001:10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.native"})
    void signalsReachTheApplicationAsNoShellIsInBetween(String dockerfile) throws IOException {
        String[] command = new ObjectMapper().readValue(last(dockerfile, "ENTRYPOINT"), String[].class);

        assertThat(command).isNotEmpty().doesNotContain("sh", "-c");
        assertThat(instructions(dockerfile, "CMD")).isEmpty();
    }

    @Test
    void whatIsCopiedIsAllThatThePackageConsistsOf() throws IOException {
        List<Path> copied = instructions("Dockerfile", "COPY")
                .map(arguments -> Path.of(arguments.substring(0, arguments.indexOf(' '))))
                .toList();

        try (Stream<Path> parts = Files.list(Path.of("target/quarkus-app"))) {
            assertThat(parts.filter(part -> !part.endsWith("quarkus-app-dependencies.txt")))
                    .containsExactlyInAnyOrderElementsOf(copied);
        }
    }

    @Test
    void theCommandLineOfACheckoutRunsTheSameJvm() throws IOException {
        String inImage = instructions("Dockerfile", "ENV")
                .filter(variable -> variable.startsWith("JAVA_TOOL_OPTIONS="))
                .map(variable -> variable.substring("JAVA_TOOL_OPTIONS=".length()))
                .findFirst()
                .orElseThrow();

        assertThat(Files.readString(Path.of("floe"))).contains("\noptions=" + inImage + "\n");
    }

    private static String last(String dockerfile, String instruction) throws IOException {
        return instructions(dockerfile, instruction)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static Stream<String> instructions(String dockerfile, String instruction) throws IOException {
        return Files.readString(Path.of(dockerfile))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip());
    }
}
