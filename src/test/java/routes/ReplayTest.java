package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static routes.Events.legacyDelete;
import static routes.Events.legacyWrite;
import static routes.Events.person;
import static routes.Events.write;
import static routes.LoadWorld.BUCKET;

import floe.aws.AwsClients;
import floe.change.TableId;
import floe.letters.Replay;
import floe.letters.Replay.Selection;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.staging.Places;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import local.http.RequestFault;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkException;

class ReplayTest {

    private static final Selection ALL = new Selection(null, null, null, null);

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
    void replayedLinesAreAppliedAtTheirOwnPositions() throws Exception {
        String late = person(1, "Ann", "Oslo").replace("\"PersonID\":1", "\"PersonID\":\"one\"");
        String first = world.stage(
                write(100, person(7, "Gus", "Oslo")).replace("Persons", "People"),
                legacyWrite(person(1, "Ann", "Oslo")).replace("Persons", "People"),
                legacyWrite(person(2, "Bob", "Oslo")).replace("Persons", "People"),
                legacyWrite(late));
        world.stage().start();
        world.awaitArchived(first);
        String second = world.stage(
                write(200, person(7, "Gus", "Rome")),
                legacyDelete(person(1, "x", "y")),
                legacyWrite("{\"PersonID\":5}"));
        world.awaitArchived(second);
        world.stage().close();
        assertThat(world.deadLetters()).hasSize(4);

        world.personsMirror("CDC_schema.People");
        world.stage()
                .set("load.tables", "CDC_schema.People -> CDC_DESTINATION.PUBLIC.PERSONS")
                .start();
        List<String> told = new ArrayList<>();
        Replay.Outcome outcome = replay().run(ALL, false, told::add);

        assertThat(outcome).isEqualTo(new Replay.Outcome(4, 0));
        assertThat(told).contains("staging/" + first + " line 3: UNKNOWN_TABLE");
        await().untilAsserted(
                        () -> assertThat(world.persons()).containsExactly("2 Bob Oslo", "5 null null", "7 Gus Rome"));
        assertThat(world.s3().keys(BUCKET, "replayed/" + first)).hasSize(2);
    }

    /** Firehose's processor AppendDelimiterToRecord was off. */
    @Test
    void eventsWithNothingBetweenThemAreTakenApart() throws Exception {
        String file = world.stage(
                legacyWrite(person(1, "Ann", "{}{ \\\"}"))
                        + write(200, person(2, "Bob", "Rome"))
                        + " "
                        + legacyWrite(person(1, "Ann", "Bonn"))
                        + legacyDelete(person(3, "x", "y"))
                        + legacyWrite(person(3, "Cid", "Oslo")),
                legacyWrite(person(4, "Dan", "Oslo")) + "garbage");
        world.stage().start();
        world.awaitArchived(file);
        assertThat(world.deadLetters().get(0).get("message").textValue()).contains("AppendDelimiterToRecord");

        replay().run(ALL, false, any -> {});

        await().untilAsserted(
                        () -> assertThat(world.persons()).containsExactly("1 Ann Bonn", "2 Bob Rome", "3 Cid Oslo"));
        await().untilAsserted(() -> assertThat(world.deadLetters())
                .extracting(letter -> letter.get("event").textValue())
                .singleElement()
                .asString()
                .endsWith("garbage"));
    }

    @Test
    void onlyWhatIsSelectedIsReplayed() throws Exception {
        String first = world.stage(legacyWrite("{}"), legacyWrite("{}").replace("Persons", "People"), "not json");
        String second = world.stage("[]");
        world.stage().start();
        world.awaitArchived(first, second);
        world.stage().close();
        world.stage().set("load.enabled", "false").start();
        Replay replay = replay();
        Instant now = Instant.now();

        assertThat(replay.run(new Selection(null, null, now.plusSeconds(9), null), false, any -> {})
                        .replayed())
                .isZero();
        assertThat(replay.run(new Selection(null, null, null, now.minusSeconds(99)), false, any -> {})
                        .replayed())
                .isZero();
        assertThat(replay.run(ALL, true, any -> {}).replayed()).isEqualTo(4);
        assertThat(world.s3().keys(BUCKET, "staging/")).isEmpty();
        assertThat(replay.run(new Selection(new TableId("CDC_schema", "People"), null, null, null), false, any -> {})
                        .replayed())
                .isEqualTo(1);
        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("line").asInt())
                .containsExactly(1, 3, 1);
        assertThat(replay.run(new Selection(null, second, now.minusSeconds(99), null), false, any -> {})
                        .replayed())
                .isEqualTo(1);
        assertThat(world.deadLetters())
                .extracting(letter -> letter.get("file").asText())
                .containsOnly("staging/" + first);
        assertThat(replay.run(ALL, false, any -> {}).replayed()).isEqualTo(2);
        assertThat(replay.run(ALL, false, any -> {}).replayed()).isZero();
        assertThat(world.deadLetters()).isEmpty();
    }

    @Test
    void aLetterThatDoesNotHoldItsLineStaysWhereItIs() throws Exception {
        byte[] line = legacyWrite(person(1, "Ann#", "Oslo")).getBytes(StandardCharsets.ISO_8859_1);
        line[new String(line, StandardCharsets.ISO_8859_1).indexOf('#')] = (byte) 0xe9;
        String file = world.stage(line);
        world.stage().start();
        world.awaitArchived(file);

        Replay.Outcome outcome = replay().run(ALL, false, any -> {});

        assertThat(outcome).isEqualTo(new Replay.Outcome(0, 1));
        assertThat(world.deadLetters()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /floe/staging/, DROPPED",
        "PUT, /floe/staging/, DROPPED_AFTER_DOING",
        "PUT, /floe/replayed/, DROPPED",
        "PUT, /floe/replayed/, DROPPED_AFTER_DOING",
        "DELETE, /floe/dead-letter/, DROPPED",
        "DELETE, /floe/dead-letter/, DROPPED_AFTER_DOING",
    })
    void aReplayThatBreaksOffIsRepeated(String method, String path, RequestFault fault) throws Exception {
        String file = world.stage(legacyWrite(person(1, "Ann", "Oslo")).replace("Persons", "People"));
        world.stage().start();
        world.awaitArchived(file);
        world.stage().close();
        world.personsMirror("CDC_schema.People");
        world.stage()
                .set("load.tables", "CDC_schema.People -> CDC_DESTINATION.PUBLIC.PERSONS")
                .start();
        Replay replay = replay();
        world.s3()
                .faults()
                .only((ofMethod, ofPath) -> ofMethod.equals(method) && ofPath.startsWith(path))
                .failNextRequests(fault, 4);
        assertThatThrownBy(() -> replay.run(ALL, false, any -> {})).isInstanceOf(SdkException.class);
        world.s3().faults().clear();

        replay.run(ALL, false, any -> {});

        await().untilAsserted(() -> assertThat(world.persons()).containsExactly("1 Ann Oslo"));
        await().untilAsserted(
                        () -> assertThat(world.s3().keys(BUCKET, "staging/")).isEmpty());
        assertThat(world.deadLetters()).isEmpty();
        assertThat(world.s3().keys(BUCKET, "replayed/")).hasSize(1);
    }

    private Replay replay() {
        CamelContext camel = world.stage().camel();
        return new Replay(new AwsClients(camel), Places.read(new Settings(new CamelLookup(camel))));
    }
}
