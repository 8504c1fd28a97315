package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import local.FloeProcess;
import local.LocalWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The commands of the packaged application where they are run: in a pod, whose environment is that of the routes. */
class CommandsIT {

    private static final String STAGED = "staging/2026/11/25/00/one";

    @TempDir
    Path folder;

    @Test
    void noCommandRunsARouteWhateverTheEnvironmentSays() throws Exception {
        try (LocalWorld world = LocalWorld.start(Duration.ofSeconds(1), part -> {})) {
            world.mysql().execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            world.s3()
                    .client()
                    .putObject(
                            request -> request.bucket(LocalWorld.BUCKET).key(STAGED),
                            RequestBody.fromString("unfit\n"));
            Map<String, String> settings = new HashMap<>(world.settings("shop.orders", folder.resolve("state")));
            settings.put("load.poll-interval", "100ms");
            FloeProcess floe = new FloeProcess(folder, settings)
                    .environment("capture.enabled", "true")
                    .environment("load.enabled", "true");
            floe.run("setup", "--execute");
            int statements = world.snowflake().journal().statements().size();

            // Time enough for a poll.
            world.s3().faults().latency(Duration.ofSeconds(3));

            assertThat(floe.run("replay")).contains("Replayed 0 dead letters");

            world.s3().faults().latency(Duration.ZERO);
            assertThat(world.snowflake().journal().statements()).hasSize(statements);
            assertThat(world.s3().keys(LocalWorld.BUCKET, "")).containsExactly(STAGED);
        }
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        Matcher version = Pattern.compile("<artifactId>floe</artifactId>\\s*<version>(.+?)<")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(new FloeProcess(folder, Map.of()).run("--version").strip()).isEqualTo("floe " + version.group(1));
    }

    @Test
    void aWrongSettingIsToldInOneLine() throws Exception {
        FloeProcess floe = new FloeProcess(folder, Map.of("health.blocked-after", "soon"));

        assertThatThrownBy(() -> floe.run("replay"))
                .hasMessageMatching("floe replay ended with 1: The setting health.blocked-after is 'soon'; [^\n]+\n");
        assertThatThrownBy(() -> floe.run("setup"))
                .hasMessageMatching("floe setup ended with 1: The setting [^\n]+ is missing; [^\n]+\n");
    }
}
