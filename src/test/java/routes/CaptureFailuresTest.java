package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static routes.StageHealth.awaitBinlogIsRead;

import floe.settings.WrongSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import local.http.RequestFault;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What capture says and does while something it needs is missing or wrong. */
class CaptureFailuresTest {

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
                "INSERT INTO CDC_schema.Persons VALUES (1, 'Ann', 'Oslo')");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whileMySqlIsDownHealthSaysSoAndNothingIsLost() throws Exception {
        try (var floe = world.capture(PERSONS, "capture.heartbeat", "1s")) {
            awaitHealth(floe.camel(), "UP", "");
            awaitRows(1);
            world.mysql.kill();
            awaitHealth(floe.camel(), "DOWN", "");

            world.mysql.start();

            awaitHealth(floe.camel(), "UP", "");
            world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (2, 'Ben', NULL)");
            awaitRows(2);
        }
    }

    @Test
    void aSourceThatCannotBeCopiedIsToldBeforeTheStartAndReadOnceItIsMended() throws Exception {
        world.mysql.execute("SET GLOBAL binlog_format = 'MIXED'");
        try (var floe = world.capture(PERSONS)) {
            awaitHealth(floe.camel(), "DOWN", "binlog_format is MIXED and should be ROW");

            world.mysql.execute("SET GLOBAL binlog_format = 'ROW'");

            awaitRows(1);
            awaitHealth(floe.camel(), "UP", "");
        }
    }

    /** MySQL goes on to send nothing, as the place that it was read to is not reached yet in the new file. */
    @Test
    void aBinlogThatIsBegunAnewWhileItIsReadIsNoticed() throws Exception {
        try (var floe = world.capture(PERSONS, "capture.heartbeat", "1s", "capture.on-lost-position", "snapshot")) {
            awaitRows(1);
            awaitBinlogIsRead(floe.camel());
            world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (2, 'Ben', NULL)");
            awaitRows(2);

            world.mysql.execute("RESET MASTER", "INSERT INTO CDC_schema.Persons VALUES (3, 'Cid', NULL)");

            awaitRows(5);
        }
    }

    @Test
    void aMissingTableIsNamed() throws Exception {
        try (var floe = world.capture("CDC_schema.Nobody")) {
            awaitHealth(floe.camel(), "DOWN", "CDC_schema.Nobody");
        }
    }

    @Test
    void tablesThatCannotBeCapturedAreNamedAndTheOthersGoOn() throws Exception {
        world.mysql.execute("CREATE TABLE CDC_schema.Keyless (a INT)");
        try (var floe = world.capture(PERSONS + ",CDC_schema.Keyless,CDC_schema.Nobody")) {
            awaitRows(1);
            awaitHealth(floe.camel(), "UP", "");
            world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (2, 'Ben', NULL)");
            awaitRows(2);

            assertThat(HealthCheckHelper.invokeReadiness(floe.camel()))
                    .filteredOn(result -> result.getCheck().getId().equals("diverged-tables"))
                    .singleElement()
                    .satisfies(result -> assertThat(result.getMessage().orElse(""))
                            .contains("The key of CDC_schema.Keyless is missing"));
            assertThat(HealthCheckHelper.invokeReadiness(floe.camel()))
                    .filteredOn(result -> result.getCheck().getId().equals("capture"))
                    .singleElement()
                    .satisfies(result -> assertThat(
                                    String.valueOf(result.getDetails().get("warnings")))
                            .contains("CDC_schema.Nobody"));
        }
    }

    @Test
    void aMissingStreamIsNamedAndWhatCouldNotBePutIsReadAgain() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitRows(1);
        }
        world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (2, 'Ben', NULL)");

        try (var floe = world.capture(PERSONS, "kinesis.stream", "absent")) {
            awaitHealth(floe.camel(), "DOWN", "absent");
            world.kinesis.createStream("absent", 1);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(world.kinesis.records("absent"))
                    .extracting(stored -> stored.data().asUtf8String())
                    .anyMatch(lines -> lines.contains("Ben")));
        }
    }

    @Test
    void callsThatKinesisFailsAreMadeAgain() throws Exception {
        world.kinesis.faults().failNextRequests(RequestFault.FAILED, 20);
        try (var floe = world.capture(PERSONS)) {
            awaitRows(1);
            assertThat(world.rowChanges().get(0).after().path("FullName").asText())
                    .isEqualTo("Ann");
        }
    }

    /** The client tells MySQL that it knows checksums only where that writes them now. */
    @Test
    void aBinlogWithChecksumsIsNotSentWhereNoneAreWrittenAnyMoreAndHealthSaysWhatToDo() throws Exception {
        try (var floe = world.capture(PERSONS)) {
            awaitRows(1);
            awaitHealth(floe.camel(), "UP", "");
        }
        world.mysql.execute(
                "INSERT INTO CDC_schema.Persons VALUES (2, 'Ben', NULL)", "SET GLOBAL binlog_checksum = NONE");
        try (var floe = world.capture(PERSONS)) {
            awaitHealth(floe.camel(), "DOWN", "SET GLOBAL binlog_checksum = CRC32");

            world.mysql.execute("SET GLOBAL binlog_checksum = CRC32");

            awaitRows(2);
            awaitHealth(floe.camel(), "UP", "");
            world.mysql.execute("SET GLOBAL binlog_checksum = NONE");
            world.mysql.execute("INSERT INTO CDC_schema.Persons VALUES (3, 'Cid', NULL)");
            awaitRows(3);
        }
    }

    @Test
    void anUnreadableStateStopsTheStart() throws Exception {
        Files.writeString(state.resolve("state.json"), "");

        assertThatThrownBy(() -> world.capture(PERSONS)).hasStackTraceContaining("state.json is unreadable (0 bytes)");
    }

    @Test
    void aMissingSettingStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> world.capture(PERSONS, "capture.user", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("The setting capture.user is missing");
    }

    private void awaitRows(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(world.rowChanges()).hasSizeGreaterThanOrEqualTo(count));
    }

    private static void awaitHealth(CamelContext camel, String state, String message) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Optional<HealthCheck.Result> capture = HealthCheckHelper.invokeReadiness(camel).stream()
                    .filter(result -> result.getCheck().getId().contains("capture"))
                    .findFirst();
            assertThat(capture).isPresent();
            assertThat(capture.get().getState()).hasToString(state);
            assertThat(capture.get().getMessage().orElse("")).contains(message);
        });
    }
}
