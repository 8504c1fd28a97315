package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.person;
import static routes.Events.write;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What load knows of what was captured: how long ago it heard of capture, and which records are missing. */
class ArrivalsTest {

    /** Before the files of the world were staged, by their names. */
    private static final Instant LONG_AGO = Instant.parse("2026-11-22T08:00:00Z");

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().withPersons();
        world.stage().set("load.poll-interval", "200ms");
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void marksAreNoChangesAndAreKeptBeforeTheirFileGoes() throws Exception {
        world.stage().start();

        String file = world.stage(mark(1), write(10, person(1, "Ann", "Oslo")), heartbeat(2, Instant.now()));

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
        assertThat(world.deadLetters()).isEmpty();
        assertThat(world.keys("ledger/")).hasSize(1);
        await().untilAsserted(() -> assertThat(details()).containsEntry("late_records", 0L));
        assertThat((Long) details().get("heartbeat_seconds")).isBetween(0L, 60L);
    }

    @Test
    void aStreamFromWhichNothingComesMakesLoadUnready() throws Exception {
        world.stage().start();

        world.awaitArchived(world.stage(mark(1), heartbeat(2, Instant.now().minus(Duration.ofMinutes(31)))));

        await().untilAsserted(() -> assertThat(message())
                .contains("Nothing has come from the stream changes since ")
                .contains("see whether capture runs and whether Firehose delivers"));
        world.awaitArchived(world.stage(heartbeat(3, Instant.now())));
        await().untilAsserted(() -> assertThat(message()).isEmpty());
    }

    @Test
    void aStreamIsNotSilentWhileFilesWaitThatMayHoldItsHeartbeats() throws Exception {
        world.stage().start();
        String waiting = world.stage(write(10, "{\"PersonID\":2,\"Zip\":\"0150\"}"));
        await().untilAsserted(() -> assertThat(details()).containsEntry("stuck_files", 1));

        world.stage(mark(1), heartbeat(2, Instant.now().minus(Duration.ofMinutes(31))));

        await().untilAsserted(() -> assertThat(details()).containsKey("heartbeat_seconds"));
        assertThat(message()).contains(waiting).doesNotContain("Nothing has come");
    }

    @Test
    void aRecordThatHasNotArrivedIsLateUntilItDoes() throws Exception {
        world.stage().start();

        world.awaitArchived(world.stage(mark(1), heartbeat(3, Instant.now())));

        await().untilAsserted(() ->
                assertThat(details()).containsEntry("late_records", 1L).containsEntry("missing_records", 0L));
        world.awaitArchived(world.stage(mark(2), write(10, person(1, "Ann", "Oslo"))));
        await().untilAsserted(() -> assertThat(details()).containsEntry("late_records", 0L));
        assertThat(world.keys("requests/")).isEmpty();
    }

    @Test
    void theTablesOfARecordThatDoesNotArriveAreReadAgain() throws Exception {
        world.stage()
                .set("requests.bucket", LoadWorld.BUCKET)
                .set("ledger.missing-after", "1h")
                .start();

        world.awaitArchived(world.stage(mark(1), heartbeat(3, LONG_AGO)));

        await().untilAsserted(() -> assertThat(world.keys("requests/")).hasSize(1));
        await().untilAsserted(() ->
                assertThat(details()).containsEntry("late_records", 0L).containsEntry("missing_records", 0L));
    }

    @Test
    void whereNobodyCanBeAskedWhatIsMissingStaysNamed() throws Exception {
        world.stage()
                .set("requests.bucket", "")
                .set("ledger.missing-after", "1h")
                .start();

        world.awaitArchived(world.stage(mark(1), heartbeat(3, LONG_AGO)));

        await().untilAsserted(() -> assertThat(details()).containsEntry("missing_records", 1L));
        assertThat(message())
                .contains("1 record of lane 0 of the stream")
                .contains("capture cannot be asked to read CDC_schema.Persons again: see to requests.bucket");
    }

    private String message() {
        return world.stage().health().getMessage().orElse("");
    }

    private Map<String, Object> details() {
        return world.stage().health().getDetails();
    }

    private static String mark(long number) {
        return mark(number, "");
    }

    private static String heartbeat(long number, Instant at) {
        return mark(
                number,
                ",\"stream\":\"changes\",\"at\":" + at.toEpochMilli()
                        + ",\"tables\":[{\"schema\":\"CDC_schema\",\"table\":\"Persons\"}]");
    }

    private static String mark(long number, String more) {
        return "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"QueryEvent\",\"mark\":{\"run\":\"one\",\"lane\":0,\"number\":"
                + number + more + "}}";
    }
}
