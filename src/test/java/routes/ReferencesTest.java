package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.Events.person;
import static routes.Events.write;
import static routes.LoadWorld.BUCKET;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event whose row lies in an object of its own has that row, and no other: who writes a reference gets nothing else read. */
class ReferencesTest {

    private static final String NAME = "0".repeat(64) + ".json";
    private static final String ROW = "oversize/" + NAME;
    private static final String AGAIN = ROW.replace('0', '1');
    private static final String DELETE = ROW.replace('0', '2');
    private static final String NO_EVENT = ROW.replace('0', '3');

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
        world.stage().set("oversize.bucket", BUCKET).set("oversize.prefix", "oversize/");
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void theRowOfTheEventIsTaken() throws Exception {
        world.s3().put(BUCKET, ROW, write(100, person(1, "Ann", "Oslo")) + "\n");
        String file = world.stage(reference(100, ROW));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
        assertThat(world.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // Elsewhere in the bucket, whatever it holds, and what Floe calls no row.
        "archive/ROW, 100, Persons, NOT_AN_EVENT",
        "staging.json, 100, Persons, NOT_AN_EVENT",
        "oversize, 100, Persons, NOT_AN_EVENT",
        "'', 100, Persons, NOT_AN_EVENT",
        "oversize/../archive/ROW, 100, Persons, NOT_AN_EVENT",
        "oversize/x/ROW, 100, Persons, NOT_AN_EVENT",
        "oversize/row.json, 100, Persons, NOT_AN_EVENT",
        // Another position, another table.
        "oversize/ROW, 101, Persons, NOT_AN_EVENT",
        "oversize/ROW, 100, Strangers, NOT_AN_EVENT",
        "oversize/${camelContext.stop}, 100, Persons, NOT_AN_EVENT",
    })
    void anyOtherIsADeadLetter(String key, long offset, String table, String reason) throws Exception {
        world.s3().put(BUCKET, ROW, write(100, person(1, "Ann", "Oslo")));
        world.s3().put(BUCKET, "archive/" + NAME, write(100, person(1, "Ann", "Oslo")));
        String file = world.stage(reference(offset, key.replace("ROW", NAME)).replace("Persons", table));

        world.stage().set("load.tables", "CDC_schema.*").start();

        world.awaitArchived(file);
        assertThat(world.persons()).isEmpty();
        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("reason").textValue())
                .containsExactly(reason);
    }

    @Test
    void soIsOneToAnotherReferenceOrToAnotherKindOfEvent() throws Exception {
        world.s3().put(BUCKET, AGAIN, reference(100, ROW));
        world.s3().put(BUCKET, DELETE, Events.delete(100, person(1, "Ann", "Oslo")));
        world.s3().put(BUCKET, NO_EVENT, "x");
        String file = world.stage(reference(100, AGAIN), reference(100, DELETE), reference(100, NO_EVENT));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("reason").textValue())
                .containsExactly("NOT_AN_EVENT", "NOT_AN_EVENT", "NOT_JSON");
    }

    private static String reference(long offset, String key) {
        String event = write(offset, person(1, "Ann", "Oslo"));
        int row = event.indexOf("\"row\":");
        int end = event.indexOf(",\"key\"", row);
        return event.substring(0, row) + "\"reference\":\"" + key + "\"" + event.substring(end);
    }
}
