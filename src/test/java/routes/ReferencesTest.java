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

    private static final String ROW = "oversize/row.json";

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
        // Elsewhere in the bucket, whatever it holds.
        "archive/row.json, 100, Persons, NOT_AN_EVENT",
        "staging.json, 100, Persons, NOT_AN_EVENT",
        "oversize, 100, Persons, NOT_AN_EVENT",
        "'', 100, Persons, NOT_AN_EVENT",
        "oversize/../archive/row.json, 100, Persons, MISSING_ROW",
        // Another position, another table.
        "oversize/row.json, 101, Persons, NOT_AN_EVENT",
        "oversize/row.json, 100, Strangers, NOT_AN_EVENT",
        "oversize/${camelContext.stop}, 100, Persons, MISSING_ROW",
    })
    void anyOtherIsADeadLetter(String key, long offset, String table, String reason) throws Exception {
        world.s3().put(BUCKET, ROW, write(100, person(1, "Ann", "Oslo")));
        world.s3().put(BUCKET, "archive/row.json", write(100, person(1, "Ann", "Oslo")));
        String file = world.stage(reference(offset, key).replace("Persons", table));

        world.stage().set("load.tables", "CDC_schema.*").start();

        world.awaitArchived(file);
        assertThat(world.persons()).isEmpty();
        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("reason").textValue())
                .containsExactly(reason);
    }

    @Test
    void soIsOneToAnotherReferenceOrToAnotherKindOfEvent() throws Exception {
        world.s3().put(BUCKET, "oversize/again.json", reference(100, ROW));
        world.s3().put(BUCKET, "oversize/delete.json", Events.delete(100, person(1, "Ann", "Oslo")));
        world.s3().put(BUCKET, "oversize/latin", "x");
        String file = world.stage(
                reference(100, "oversize/again.json"),
                reference(100, "oversize/delete.json"),
                reference(100, "oversize/latin"));

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
