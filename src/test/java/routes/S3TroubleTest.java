package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.delete;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.Events.write;

import java.util.stream.IntStream;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3TroubleTest {

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
    void aTransferThatBreaksOffLosesNoLine() throws Exception {
        String file = world.stage(IntStream.rangeClosed(1, 5_000)
                .mapToObj(id -> legacyWrite(person(id, "n", "c")))
                .toArray(String[]::new));
        world.s3()
                .faults()
                .only((method, path) -> method.equals("GET") && path.contains("floe-1"))
                .failNextRequests(RequestFault.CUT_SHORT, 2);

        world.stage().set("load.batch-rows", "500").start();

        world.awaitArchived(file);
        assertThat(world.snowflake().query("SELECT COUNT(*) AS N FROM PERSONS")).hasToString("[{N=5000}]");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void aFileThatWasArchivedButNotDeletedIsLoadedAgainAndChangesNothing() throws Exception {
        String file =
                world.stage(write(100, person(1, "Ann", "Oslo")), write(101, person(2, "Bob", "Rome")), "not json");
        world.s3().faults().only((method, path) -> method.equals("DELETE")).failRequests(RequestFault.FAILED, 1);
        world.stage().start();
        await().untilAsserted(() ->
                assertThat(world.s3().keys(LoadWorld.BUCKET, "archive/")).hasSize(1));
        String later = world.stage(delete(200, person(1, "Ann", "Oslo")));
        await().untilAsserted(() -> assertThat(world.persons()).containsExactly("2 Bob Rome"));

        world.s3().faults().clear();

        world.awaitArchived(file, later);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
        assertThat(world.deadLetters()).hasSize(1);
    }

    @Test
    void twoLoadersOfOneFileLoadItOnce() throws Exception {
        String[] files = IntStream.range(0, 20)
                .mapToObj(i -> world.stage(write(100 + i, person(i, "n", "c")), write(1, person(99, "n", "c"))))
                .toArray(String[]::new);

        try (LoadStage other = world.anotherStage()) {
            other.start();
            world.stage().start();
            world.awaitArchived(files);
        }

        assertThat(world.persons()).hasSize(21);
        assertThat(world.stage().health().getMessage()).isEmpty();
    }
}
