package k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be told of the files by themselves, without kubectl. */
class ManifestFilesTest {

    private static final String KUSTOMIZATION = "kustomization.yaml";

    static List<Path> kustomizations() throws IOException {
        return files(Path.of("k8s"), KUSTOMIZATION);
    }

    static List<Path> resources() throws IOException {
        List<Path> resources = new ArrayList<>();
        for (Path kustomization : kustomizations()) {
            for (String resource : named(kustomization, "resources")) {
                if (resource.endsWith(".yaml")) {
                    resources.add(kustomization.resolveSibling(resource));
                }
            }
        }
        return resources;
    }

    @ParameterizedTest
    @MethodSource("resources")
    void eachFileIsOneResourceOfItsSchema(Path file) throws IOException {
        assertThat(StrictYaml.resources(Files.readString(file))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void eachFileIsPartOfItsFolder(Path kustomization) throws IOException {
        List<String> used = new ArrayList<>(named(kustomization, "resources"));
        used.addAll(named(kustomization, "patches"));
        used.add(KUSTOMIZATION);

        Path folder = kustomization.getParent();
        assertThat(files(folder, ".yaml"))
                .extracting(file -> folder.relativize(file).toString())
                .isSubsetOf(used);
    }

    private static List<String> named(Path kustomization, String list) throws IOException {
        JsonNode names =
                new YAMLMapper().readTree(Files.readString(kustomization)).path(list);
        List<String> found = new ArrayList<>();
        names.forEach(name ->
                found.add(name.isTextual() ? name.asText() : name.path("path").asText()));
        return found;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
