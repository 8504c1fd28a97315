package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
}
