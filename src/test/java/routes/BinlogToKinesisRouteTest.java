package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import floe.change.Change;
import floe.change.ChangeType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinlogToKinesisRouteTest {

    private static final String PERSONS = "CDC_schema.Persons";

    private CaptureWorld world;

    @TempDir
    Path state;

    @BeforeEach
    void seed() throws Exception {
        world = new CaptureWorld(state);
        world.mysql.execute(
                "CREATE DATABASE CDC_schema",
                "CREATE TABLE CDC_schema.Persons"
                        + " (PersonID int, FullName varchar(255), City varchar(255), PRIMARY KEY (PersonID))",
                "INSERT INTO CDC_schema.Persons VALUES (1, 'Ann', 'Oslo'), (2, 'O\'\'Brien', 'Cork')");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void rowsThatWereThereComeFirstAndChangesFollow() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitChanges(4);
            world.mysql.execute(
                    "INSERT INTO CDC_schema.Persons VALUES (3, 'Zoë', NULL)",
                    "UPDATE CDC_schema.Persons SET City = 'Bergen' WHERE PersonID = 1",
                    "DELETE FROM CDC_schema.Persons WHERE PersonID = 3");

            awaitChanges(7);
        }
        assertThat(world.rowChanges()).filteredOn(change -> change.snapshot()).hasSize(2);
        assertThat(typesOf(3)).containsExactly(ChangeType.WRITE, ChangeType.DELETE);
        assertThat(typesOf(1)).containsExactly(ChangeType.WRITE, ChangeType.UPDATE);
        assertThat(world.snapshotEnds()).hasSize(1);
    }

    @Test
    void aTruncationThatComesFirstAfterAStartIsFollowedByItsRows() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitChanges(4);
        }
        world.mysql.execute(
                "TRUNCATE TABLE CDC_schema.Persons", "INSERT INTO CDC_schema.Persons VALUES (7, 'Kim', NULL)");

        try (var floe = world.capture(PERSONS)) {
            await().untilAsserted(() -> assertThat(typesOf(7)).containsExactly(ChangeType.WRITE));
        }
    }

    @Test
    void aChangeOfTheKeyDeletesTheOldRowAndWritesTheNewAtOnePosition() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitChanges(4);
            world.mysql.execute("UPDATE CDC_schema.Persons SET PersonID = 20 WHERE PersonID = 2");

            awaitChanges(6);
        }
        var halves =
                world.rowChanges().stream().filter(change -> !change.snapshot()).toList();
        assertThat(halves).extracting(Change::type).containsExactlyInAnyOrder(ChangeType.DELETE, ChangeType.WRITE);
        assertThat(halves.get(0).position()).isEqualTo(halves.get(1).position());
    }

    @Test
    void changesMadeWhileCaptureWasDownAreNotLostAndNotReadTwice() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitChanges(4);
            world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (3, 'before', NULL)");
            awaitChanges(5);
            awaitSaved(3);
        }
        world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (4, 'while down', NULL)");
        try (var floe = world.capture(PERSONS)) {
            world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (5, 'after', NULL)");
            awaitChanges(7);
        }
        assertThat(world.rowChanges())
                .extracting(change -> change.after().path("PersonID").asInt())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void aStopBetweenTheSnapshotAndTheFirstChangeLosesNothing() throws Exception {
        // Nothing comes from the binlog that would move the offset, not even a heartbeat.
        try (var floe = world.capture(PERSONS, "capture.heartbeat", "1m")) {
            awaitChanges(4);
        }
        world.mysql.execute(
                "INSERT INTO CDC_schema.Persons VALUES (3, 'while down', NULL)",
                "UPDATE CDC_schema.Persons SET City = 'Bergen' WHERE PersonID = 1",
                "DELETE FROM CDC_schema.Persons WHERE PersonID = 2");

        try (var floe = world.capture(PERSONS)) {
            awaitChanges(7);
        }
        assertThat(typesOf(1)).containsExactly(ChangeType.WRITE, ChangeType.UPDATE);
        assertThat(typesOf(2)).containsExactly(ChangeType.WRITE, ChangeType.DELETE);
        assertThat(typesOf(3)).containsExactly(ChangeType.WRITE);
    }

    @Test
    void aTruncationIsOneEventOfTheTable() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitChanges(4);
            world.mysql.execute("TRUNCATE TABLE CDC_schema.Persons");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(world.changes()).extracting(Change::type).contains(ChangeType.TRUNCATE));
        }
    }

    private List<ChangeType> typesOf(int personId) {
        return world.rowChanges().stream()
                .filter(change -> change.image().path("PersonID").asInt() == personId)
                .sorted(Comparator.comparing(Change::position))
                .map(Change::type)
                .toList();
    }

    /** A row is on the stream before the end of its transaction is read, and only that is saved. */
    private void awaitSaved(int personId) {
        String position = world.rowChanges().stream()
                .filter(change -> change.image().path("PersonID").asInt() == personId)
                .findFirst()
                .orElseThrow()
                .position()
                .toString();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Files.readString(state.resolve("state.json")))
                        .contains(position));
    }

    private void awaitChanges(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(world.changes()).hasSize(count));
    }
}
