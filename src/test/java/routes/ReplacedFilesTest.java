package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.person;
import static routes.Events.write;
import static routes.LoadWorld.BUCKET;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another object comes in the place of a file, under its name: what nobody has read is not archived, and nothing is lost. */
class ReplacedFilesTest {

    private static final String KEY = "staging/daily.ndjson";

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
    @CsvSource({
        // What was there before was never read; then it is what was read that is not there any more; then it is
        // archived.
        "GET, /floe/staging/, 2 Bob Rome, 1",
        "PUT, /floe/archive/, 1 Ann Oslo;2 Bob Rome, 1",
        "DELETE, /floe/staging/, 1 Ann Oslo;2 Bob Rome, 2",
    })
    void aFileThatIsReplacedJustBeforeARequestIsLoadedAgain(String method, String path, String persons, int archived)
            throws Exception {
        world.s3().put(BUCKET, KEY, write(100, person(1, "Ann", "Oslo")));
        AtomicBoolean replaced = new AtomicBoolean();
        world.s3().faults().only((ofMethod, ofPath) -> {
            if (ofMethod.equals(method) && ofPath.startsWith(path) && replaced.compareAndSet(false, true)) {
                world.s3().put(BUCKET, KEY, write(200, person(2, "Bob", "Rome")));
            }
            return false;
        });

        world.stage().start();

        awaitNothingStaged();
        assertThat(replaced).isTrue();
        assertThat(world.persons()).containsExactly(persons.split(";"));
        assertThat(world.s3().keys(BUCKET, "archive/")).hasSize(archived);
        assertThat(world.stage().health().getMessage()).isEmpty();
    }

    @Test
    void lettersAndArchivedFilesOfOneNameAreKeptApart() throws Exception {
        world.stage().start();
        for (String content : List.of("{bad one", "{bad two", "{bad three", "{bad one")) {
            world.s3().put(BUCKET, KEY, content);
            awaitNothingStaged();
        }

        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("event").textValue())
                .containsExactlyInAnyOrder("{bad one", "{bad two", "{bad three");
        assertThat(world.s3().keys(BUCKET, "archive/"))
                .hasSize(3)
                .contains("archive/daily.ndjson")
                .extracting(key -> world.s3().text(BUCKET, key))
                .containsExactlyInAnyOrder("{bad one", "{bad two", "{bad three");
    }

    @Test
    void rowModeCallsForTheLinesOfBoth() throws Exception {
        world.stage()
                .set("load.mode", "row")
                .set("load.retries", "0")
                .set("load.call." + LoadWorld.PERSONS + ".WriteRowsEvent", "CALL INSERT_PERSONS(:?PersonID)")
                .start();
        world.snowflake()
                .execute(
                        "CREATE TABLE CALLED (ID INT)",
                        """
                        CREATE PROCEDURE INSERT_PERSONS(ID VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS
                        $$ BEGIN INSERT INTO CALLED SELECT :ID; RETURN 'ok'; END $$""");
        // It gets as far as its second line, and is replaced.
        String unknown = write(101, person(2, "x", "y")).replace("\"PersonID\"", "\"NoSuch\"");
        world.s3().put(BUCKET, KEY, write(100, person(1, "Ann", "Oslo")) + "\n" + unknown);
        await().untilAsserted(() ->
                assertThat(world.snowflake().query("SELECT ID FROM CALLED")).hasSize(1));

        world.s3().put(BUCKET, KEY, write(200, person(3, "Cid", "Bonn")));

        awaitNothingStaged();
        assertThat(world.snowflake().query("SELECT ID FROM CALLED ORDER BY ID")).hasToString("[{ID=1}, {ID=3}]");
    }

    private void awaitNothingStaged() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(world.s3().keys(BUCKET, "staging/"))
                        .as(() -> String.valueOf(world.stage().health().getMessage()))
                        .isEmpty());
    }
}
