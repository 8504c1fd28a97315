package docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/deploy.md, in their order, in the shell that aws/env.sh makes. */
class DeployGuideTest {

    private static final Path GUIDE = Path.of("docs/deploy.md");
    private static final Path ENVIRONMENT = Path.of("aws/env.sh");
    private static final String SQL = "(?s)(CALL|CREATE|DROP|GRANT|INSERT|UPDATE|USE) .*";

    /** What the answers of AWS are replaced by. */
    private static final String ANSWERS = """
            aws() { echo 111122223333; }
            """;

    @Test
    void eachBlockIsAScriptThatBashUnderstands(@TempDir Path folder) throws Exception {
        List<String> blocks = commands();

        assertThat(blocks).hasSizeGreaterThan(40);
        for (String block : blocks) {
            Run run = bash(folder, "-n", block);
            assertThat(run.status()).as("%s%n%s", block, run.output()).isZero();
        }
    }

    @Test
    void eachVariableAndFunctionIsMadeBeforeItIsUsed() throws IOException {
        String known = Files.readString(ENVIRONMENT);
        for (String block : commands()) {
            known += "\n" + block;
            assertThat(found(known, "(?m)(?:^ *export |^ *for |read -rs |^)([A-Za-z_]+)(?==| in |$)"))
                    .as(block)
                    // What is in single quotes is not for bash.
                    .containsAll(found(block.replaceAll("'[^'\n]*'", ""), "\\$\\{?([A-Za-z_]+)"));
            assertThat(found(known, "(?m)^(\\w+)\\(\\) \\{"))
                    .as(block)
                    .containsAll(
                            found(block, "\\b(output|network|instance|oidc|floe_in|owner|keep)(?: [A-Za-z'-]|\\))"));
        }
    }

    @Test
    void eachFileOfTheProjectThatACommandNamesIsThere() throws IOException {
        Set<String> named = commands().stream()
                .flatMap(block ->
                        found(block, "(?<![\\w./-])((?:aws|k8s|snowflake|docs|monitoring)/[\\w./-]+)").stream())
                .collect(Collectors.toSet());

        assertThat(named)
                .contains("aws/env.sh", "k8s/overlays/production/kustomization.yaml")
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    @Test
    void itsEditsDoWhatItSays(@TempDir Path folder) throws Exception {
        for (String copied : List.of("aws", "k8s", "snowflake")) {
            copy(Path.of(copied), folder.resolve(copied));
        }
        String edits = commands().stream()
                .flatMap(block -> found(block, "(?m)^(sed -i (?:[^\\n]*\\\\\\n)*[^\\n]*)$").stream())
                .collect(joining("\n"));

        Run run = bash(folder, "-e", ANSWERS + ". aws/env.sh\noutput() { echo the-$1; }\n" + edits);

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(Files.readString(folder.resolve("k8s/overlays/production/kustomization.yaml")))
                .contains(
                        "\n  - ../../components/irsa\n",
                        "\n  - ../../components/external-secrets\n",
                        "\n#   - ../../components/monitoring\n",
                        "newName: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/floe\n",
                        "newTag: 0.1.0\n",
                        "count: 3\n");
        assertThat(Files.readString(folder.resolve("k8s/overlays/production/storage-class.yaml")))
                .contains("provisioner: ebs.csi.eks.amazonaws.com\n");
        assertThat(Files.readString(folder.resolve("k8s/components/irsa/capture.yaml")))
                .contains("role-arn: the-CaptureRoleArn\n");
        assertThat(Files.readString(folder.resolve("aws/env.sh"))).contains("export VERSION=0.2.0 ");
    }

    @Test
    void noFileThatItMakesIsCommittedByAccident() throws IOException {
        Set<String> made = commands().stream()
                .flatMap(block -> found(block, "(?:>|-out|-o) (\\w[\\w.-]*\\.(?:p8|pem|sql|json))\\b").stream())
                .collect(Collectors.toSet());

        assertThat(made).contains("snowflake.p8", "authorities.pem", "setup.sql", "state.json");
        List<PathMatcher> ignored = Files.readAllLines(Path.of(".gitignore")).stream()
                .filter(line -> !line.isBlank())
                .map(line -> FileSystems.getDefault().getPathMatcher("glob:" + line.replaceFirst("^/", "")))
                .toList();
        assertThat(made).allSatisfy(file -> assertThat(ignored).anyMatch(pattern -> pattern.matches(Path.of(file))));
    }

    /** Each block of the guide that is for bash, without its indentation. */
    private static List<String> commands() throws IOException {
        List<String> blocks = new ArrayList<>();
        boolean inBlock = false;
        int indentation = 0;
        for (String line : Files.readAllLines(GUIDE)) {
            boolean code = line.startsWith("    ") && (inBlock || !line.isBlank());
            if (code && !inBlock) {
                indentation = line.length() - line.stripLeading().length();
                blocks.add("");
            }
            inBlock = code || (inBlock && line.isBlank());
            if (code) {
                int last = blocks.size() - 1;
                blocks.set(last, blocks.get(last) + line.substring(Math.min(indentation, line.length())) + "\n");
            }
        }
        return blocks.stream().filter(block -> !block.matches(SQL)).toList();
    }

    private static Set<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private record Run(int status, String output) {}

    private static Run bash(Path folder, String option, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", option)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
