package floe.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The parts of the packaged application, by the list that the build makes of them. */
class PartsIT {

    private static final Path SBOM = Path.of("target", "floe.cdx.json");
    private static final Path SHIPPED = Path.of("target", "quarkus-app", "lib");
    private static final Path SIGNED_OFF = Path.of("docs", "licenses.md");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*`) \\|");
    private static final Pattern LICENCE = Pattern.compile("`([^`]+)`");

    @Test
    void eachLicenceIsSignedOffAndNoneThatIsGone() throws IOException {
        Set<Set<String>> signedOff = ROW.matcher(Files.readString(SIGNED_OFF))
                .results()
                .map(row -> LICENCE.matcher(row.group(1))
                        .results()
                        .map(licence -> licence.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)))
                .collect(Collectors.toSet());
        List<JsonNode> parts = parts();

        assertThat(parts).isNotEmpty().allSatisfy(part -> assertThat(signedOff)
                .as("%s:%s", part.path("group").asText(), part.path("name").asText())
                .contains(licences(part)));
        assertThat(parts.stream().map(PartsIT::licences)).containsAll(signedOff);
    }

    @Test
    void eachJarThatShipsIsListed() throws IOException {
        Set<String> listed = parts().stream()
                .map(part ->
                        part.path("group").asText() + "." + part.path("name").asText() + "-"
                                + part.path("version").asText() + ".jar")
                .collect(Collectors.toSet());

        try (Stream<Path> files = Files.walk(SHIPPED)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")))
                    .isNotEmpty()
                    .isSubsetOf(listed);
        }
    }

    private static List<JsonNode> parts() throws IOException {
        JsonNode sbom = new JsonMapper().readTree(SBOM.toFile());
        return StreamSupport.stream(sbom.path("components").spliterator(), false)
                .toList();
    }

    private static Set<String> licences(JsonNode part) {
        Set<String> licences = new TreeSet<>();
        for (JsonNode entry : part.path("licenses")) {
            JsonNode licence = entry.path("license");
            licences.add(entry.path("expression")
                    .asText(licence.path("id").asText(licence.path("name").asText())));
        }
        return licences;
    }
}
