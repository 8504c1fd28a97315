package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.StageHealth.awaitReady;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file is read first, and its calls are made afterwards: S3 closes connections that nobody reads from. */
class SlowCallsTest {

    /** Makes files that the buffers between S3 and here cannot hold. */
    private static final String LARGE = "c".repeat(400);

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void aLargeFileWhoseCallsTakeLongerThanS3WaitsIsLoaded() throws Exception {
        world.s3().idleTimeout(Duration.ofMillis(700));
        world.stage().set("load.batch-rows", "20000").start();
        awaitReady(world.stage().camel());
        world.snowflake().faults().latency(Duration.ofMillis(1_500));

        String file = world.stage(lines(0, 40_000, LARGE));

        awaitLoaded(file);

        assertThat(world.snowflake().query("SELECT COUNT(*) AS N FROM PERSONS")).hasToString("[{N=40000}]");
    }

    @Test
    void whileCallsAreUnderWayNothingIsAskedOfS3() throws Exception {
        AtomicBoolean opened = new AtomicBoolean();
        world.s3().faults().only((method, path) -> {
            opened.compareAndSet(false, method.equals("GET") && path.startsWith("/floe/staging/"));
            return false;
        });
        world.stage().set("load.batch-rows", "10000").start();
        awaitReady(world.stage().camel());
        world.snowflake().faults().latency(Duration.ofSeconds(20));

        String file = world.stage(lines(0, 20_000, LARGE));
        await().untilTrue(opened);

        await().atMost(Duration.ofSeconds(15)).until(() -> world.s3().answering() == 0);
        world.snowflake().faults().clear();
        awaitLoaded(file);
    }

    private void awaitLoaded(String... files) {
        await().atMost(Duration.ofSeconds(100)).untilAsserted(() -> {
            assertThat(world.stage().health().getMessage()).isEmpty();
            assertThat(world.s3().keys(LoadWorld.BUCKET, "archive/")).hasSize(files.length);
        });
    }

    private static String[] lines(int from, int count, String city) {
        return IntStream.range(from, from + count)
                .mapToObj(id -> legacyWrite(person(id, "n", city)))
                .toArray(String[]::new);
    }
}
