package docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version is the build's: wherever else it stands, it is the same. */
class VersionTest {

    @ParameterizedTest
    @CsvSource({
        "aws/env.sh, export VERSION=(\\S+)",
        "k8s/overlays/production/kustomization.yaml, newTag: (\\S+)",
        "src/main/jbang/options, target/floe-(\\S+)\\.jar",
        "README.md, Version (\\d+\\.\\d+\\.\\d+)",
        "CHANGELOG.md, ## \\[(\\d[^]]*)]"
    })
    void everyFileNamesTheVersionOfTheBuild(Path file, String pattern) throws IOException {
        assertThat(first(file, pattern))
                .isEqualTo(first(Path.of("pom.xml"), "<artifactId>floe</artifactId>\\s*<version>(.+?)<"));
    }

    private static String first(Path file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(found.find()).as(pattern + " in " + file).isTrue();
        return found.group(1);
    }
}
