package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.delete;
import static routes.Events.legacy;
import static routes.Events.legacyDelete;
import static routes.Events.legacyUpdate;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.Events.table;
import static routes.Events.write;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3ToSnowflakeRouteTest {

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
    void eventsOfTheReplacedSetUpAreApplied() throws Exception {
        String file = world.stage(
                legacyWrite(person(1, "O'Brien", "Cork")),
                legacyWrite(person(2, "Ann \\\"x\\\" 😀", "Oslo\\nN")),
                legacyWrite(person(3, "gone", "x")),
                legacyUpdate(person(1, "O'Brien", "Cork"), person(1, "O'Brien", "Dublin")),
                legacyUpdate(person(2, "Ann", "Oslo"), person(20, "Ann", "Oslo")),
                legacyDelete(person(3, "gone", "x")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 O'Brien Dublin", "20 Ann Oslo");
        assertThat(world.deadLetters()).isEmpty();
        await().untilAsserted(
                        () -> assertThat(world.stage().health().getState()).isEqualTo(HealthCheck.State.UP));
    }

    @Test
    void theSameFilesInAnyOrderAndNumberGiveTheSameTable() throws Exception {
        String[] early = {write(100, person(1, "Ann", "Oslo")), write(101, person(2, "Bob", "Rome"))};
        String[] late = {delete(200, person(1, "Ann", "Oslo")), write(201, person(2, "Bob", "Bonn"))};
        String third = world.stage(late);
        String second = world.stage(early);
        String fourth = world.stage(early);
        String fifth = world.stage(late);

        world.stage().start();

        world.awaitArchived(third, second, fourth, fifth);
        assertThat(world.persons()).containsExactly("2 Bob Bonn");
    }

    @Test
    void aTruncationRemovesWhatCameBeforeAndKeepsWhatCameAfter() throws Exception {
        String file = world.stage(
                write(100, person(1, "Ann", "Oslo")),
                write(300, person(2, "Bob", "Rome")),
                table("TruncateEvent", 200),
                write(150, person(3, "Cid", "Bonn")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
    }

    @Test
    void aTableThatIsDroppedAndCreatedAgainHoldsOnlyWhatCameAfter() throws Exception {
        String file = world.stage(
                write(300, person(2, "Bob", "Rome")),
                definition(210),
                write(100, person(1, "Ann", "Oslo")),
                table("QueryEvent", 200));
        String late = world.stage(write(150, person(3, "Cid", "Bonn")));

        world.stage().start();

        world.awaitArchived(file, late);
        assertThat(world.persons()).containsExactly("2 Bob Rome");
    }

    @Test
    void aDefinitionRemovesNothing() throws Exception {
        String file = world.stage(
                legacyWrite(person(1, "Ann", "Oslo")),
                legacy("QueryEvent", "\"query\":\"BEGIN\""),
                write(100, person(2, "Bob", "Rome")),
                definition(200));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "2 Bob Rome");
        assertThat(world.deadLetters()).isEmpty();
    }

    private static String definition(long offset) {
        return Events.definition(offset, "");
    }

    @Test
    void aColumnThatAChangeDoesNotNameKeepsItsValue() throws Exception {
        String file =
                world.stage(write(100, person(1, "Ann", "Oslo")), write(200, "{\"PersonID\":1,\"FullName\":null}"));

        world.stage().set("load.batch-rows", "1").start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 null Oslo");
    }

    @Test
    void everyUnfitLineIsADeadLetterAndTheRestIsApplied() throws Exception {
        String unknownTable = legacyWrite(person(9, "x", "y")).replace("Persons", "Strangers");
        String file = world.stage(
                legacyWrite(person(1, "Ann", "Oslo")),
                "",
                "{\"schema\":",
                "[1]",
                "{\"schema\":\"CDC_schema\",\"table\":\"Persons\"}",
                legacyWrite(person(2, "x", "y")).replace("WriteRowsEvent", "ShrugEvent"),
                unknownTable,
                legacyWrite(person(3, "x", "y")).replace("\"PersonID\":3", "\"PersonID\":\"three\""),
                legacyWrite("{\"FullName\":\"no key\"}"),
                legacyWrite(person(4, "Bob", "Rome")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo", "4 Bob Rome");
        assertThat(world.deadLetters())
                .extracting(letter ->
                        letter.get("line").asInt() + " " + letter.get("reason").asText())
                .containsExactlyInAnyOrder(
                        "3 NOT_JSON",
                        "4 NOT_AN_EVENT",
                        "5 NOT_AN_EVENT",
                        "6 UNKNOWN_TYPE",
                        "7 UNKNOWN_TABLE",
                        "8 REFUSED_VALUE",
                        "9 NOT_AN_EVENT");
        assertThat(world.deadLetters())
                .allSatisfy(letter -> assertThat(letter.get("file").asText()).isEqualTo("staging/" + file))
                .anySatisfy(letter -> assertThat(letter.get("event").asText()).isEqualTo(unknownTable));
    }

    @Test
    void whereTheNewestChangeOfAKeyIsUnfitTheNextNewestIsApplied() throws Exception {
        String unfit = write(103, person(1, "Ann", "Rome")).replace("\"PersonID\":1,", "\"PersonID\":\"1x\",");
        String[] lines = IntStream.range(0, 50)
                .mapToObj(i -> i == 31 ? unfit : write(100 + i, person(1, "Ann", "City " + i)))
                .toArray(String[]::new);

        String file = world.stage(lines);
        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann City 49");
        assertThat(world.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("line").asInt()).isEqualTo(32);
            assertThat(letter.get("message").asText()).contains("The column PERSONID", "NUMBER(38,0)");
        });
    }

    @Test
    void filesOfAnyShapeAreRead() throws Exception {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write((legacyWrite(person(1, "gzip", "x")) + "\n").getBytes(UTF_8));
        }
        String[] files = {
            world.stage(gzip.toByteArray()),
            world.stage(new byte[0]),
            world.stage("\n\r\n \n".getBytes(UTF_8)),
            world.stage(("\uFEFF" + legacyWrite(person(2, "mark", "x"))).getBytes(UTF_8)),
            world.stage((legacyWrite(person(3, "crlf", "x")) + "\r\n\n" + legacyWrite(person(4, "last", "x")))
                    .getBytes(UTF_8))
        };

        world.stage().start();

        world.awaitArchived(files);
        assertThat(world.persons()).containsExactly("1 gzip x", "2 mark x", "3 crlf x", "4 last x");
    }

    @Test
    void manyRowsGoInBoundedBatches() throws Exception {
        String file = world.stage(IntStream.rangeClosed(1, 950)
                .mapToObj(id -> legacyWrite(person(id, "n", "c")))
                .toArray(String[]::new));

        world.stage().set("load.batch-rows", "100").start();

        world.awaitArchived(file);
        assertThat(world.persons()).hasSize(950);
        assertThat(world.snowflake().query("SELECT COUNT(DISTINCT _POSITION) AS N FROM PERSONS"))
                .isEqualTo(List.of(java.util.Map.of("N", 950L)));
    }
}
