package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.delete;
import static routes.Events.person;
import static routes.Events.write;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HorizonTest {

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
    void anOldFileReplayedAfterItsTombstonesWerePurgedBringsNoRowBack() throws Exception {
        String[] old = {
            write(100, person(1, "Ann", "Oslo")),
            write(101, person(2, "Bob", "Rome")),
            write(300, person(3, "Cid", "Bonn"))
        };
        world.stage().start();
        String first = world.stage(old);
        world.awaitArchived(first);
        String second = world.stage(delete(200, person(1, "Ann", "Oslo")), write(201, person(2, "Bob", "Bonn")));
        world.awaitArchived(second);
        assertThat(world.snowflake().query("CALL PURGE_PERSONS('2100-01-01'::TIMESTAMP_LTZ)"))
                .hasToString("[{PURGE_PERSONS=1}]");

        String replayed = world.stage(old);

        world.awaitArchived(replayed);
        assertThat(world.persons()).containsExactly("2 Bob Bonn", "3 Cid Bonn");
        assertThat(world.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("reason").asText()).isEqualTo("BELOW_HORIZON");
            assertThat(letter.get("line").asInt()).isEqualTo(1);
            assertThat(letter.get("event").asText()).isEqualTo(old[0]);
        });
    }

    @Test
    void aRowThatIsThereIsStillUpdatedBelowTheHorizon() throws Exception {
        world.stage().start();
        String first = world.stage(write(100, person(1, "Ann", "Oslo")), delete(200, person(2, "Bob", "Rome")));
        world.awaitArchived(first);
        world.snowflake().execute("CALL PURGE_PERSONS('2100-01-01'::TIMESTAMP_LTZ)");

        String late = world.stage(write(150, person(1, "Ann", "Rome")), write(201, person(3, "Cid", "Bonn")));

        world.awaitArchived(late);
        assertThat(world.persons()).containsExactly("1 Ann Rome", "3 Cid Bonn");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void youngTombstonesAreKept() throws Exception {
        world.stage().start();
        String first = world.stage(delete(200, person(1, "Ann", "Oslo")));
        world.awaitArchived(first);

        world.snowflake().execute("CALL PURGE_PERSONS('2020-01-01'::TIMESTAMP_LTZ)");

        String late = world.stage(write(100, person(1, "Ann", "Oslo")), write(99, person(2, "Bob", "Rome")));
        world.awaitArchived(late);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void fileStaysStagedWhileTheProcedureIsNotThisFloes() throws Exception {
        world.snowflake()
                .execute("CREATE OR REPLACE PROCEDURE APPLY_PERSONS(BATCH VARIANT) RETURNS NUMBER LANGUAGE SQL AS"
                        + " 'BEGIN RETURN 1; END'");
        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.stage().start();

        await().untilAsserted(() -> {
            HealthCheck.Result health = world.stage().health();
            assertThat(health.getMessage().orElse("")).contains(file, "APPLY_PERSONS is not this Floe's");
        });
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + file);
    }
}
