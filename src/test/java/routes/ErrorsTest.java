package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.legacyWrite;
import static routes.Events.person;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An Error, which Camel does not catch, fails the file that it befalls, and no other; health says so. */
class ErrorsTest {

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"begun-badly", "read-badly"})
    void anErrorFailsItsFileAndTheOthersGoOn(String name) throws Exception {
        world.s3().put(LoadWorld.BUCKET, "staging/" + name, legacyWrite(person(1, "Ann", "Oslo")));
        world.stage()
                .set(
                        "camel.beans.loader",
                        "#class:floe.load.OverflowingLoader(#bean:loadSettings,#bean:warehouse,#bean:sentRequests,#bean:oversize,#bean:ledger,#bean:progress)")
                .start();
        await().untilAsserted(() -> assertThat(world.stage().health().getMessage())
                .hasValue("staging/" + name + ": An unexpected java.lang.StackOverflowError"));

        String file = world.stage(legacyWrite(person(2, "Bob", "Rome")));

        await().untilAsserted(() -> assertThat(world.s3().keys(LoadWorld.BUCKET, ""))
                .containsExactly("archive/" + file, "staging/" + name));
        assertThat(world.persons()).containsExactly("2 Bob Rome");
    }
}
