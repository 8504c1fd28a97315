package docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of credits is what the page's own command prints. */
class CostPageTest {

    private static final String INDENT = "    ";

    @Test
    void theTableIsWhatTheCommandPrints() throws Exception {
        List<String> page = Files.readAllLines(Path.of("docs/cost.md"));
        List<String> command = page.stream()
                .dropWhile(line -> !line.startsWith(INDENT))
                .takeWhile(line -> line.startsWith(INDENT))
                .toList();
        List<String> table = page.stream()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(printed(String.join("\n", command))).isEqualTo(table).hasSize(9);
    }

    private static List<String> printed(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return output.lines().toList();
    }
}
