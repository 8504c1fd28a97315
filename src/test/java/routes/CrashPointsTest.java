package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.delete;
import static routes.Events.person;
import static routes.Events.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import local.http.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading breaks off between any two steps: the file is loaded again, and that changes nothing. */
class CrashPointsTest {

    private static final String APPLY = "CDC_DESTINATION.PUBLIC.APPLY_PERSONS";

    /** As often as the client tries by itself. */
    private static final int ALL_TRIES = 4;

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
        "PUT, /floe/archive/, FAILED",
        "PUT, /floe/archive/, DROPPED",
        "PUT, /floe/archive/, DROPPED_AFTER_DOING",
        "DELETE, /floe/staging/, THROTTLED",
        "DELETE, /floe/staging/, DROPPED",
        "PUT, /floe/dead-letter/, DROPPED_AFTER_DOING",
    })
    void aFileThatFailedAfterItsChangesWereAppliedDoesNotUndoNewerOnes(String method, String path, RequestFault fault)
            throws Exception {
        String first =
                world.stage(write(100, person(1, "Ann", "Oslo")), "not json", write(101, person(2, "Bob", "Rome")));
        String second = world.stage(delete(200, person(1, "Ann", "Oslo")), write(201, person(2, "Bob", "Bonn")));
        world.s3()
                .faults()
                .only((ofMethod, ofPath) ->
                        ofMethod.equals(method) && ofPath.startsWith(path) && ofPath.contains(first))
                .failNextRequests(fault, ALL_TRIES);

        world.stage().start();

        world.awaitArchived(second, first);
        assertThat(world.snowflake().journal().calls(APPLY)).isEqualTo(3);
        assertThat(world.persons()).containsExactly("2 Bob Bonn");
        assertThat(world.deadLetters()).hasSize(1);
    }

    @Test
    void aFileThatWasDeletedThoughTheAnswerWasLostIsDone() throws Exception {
        world.s3()
                .faults()
                .only((method, path) -> method.equals("DELETE"))
                .failNextRequests(RequestFault.DROPPED_AFTER_DOING, ALL_TRIES);
        String file = world.stage(write(100, person(1, "Ann", "Oslo")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).containsExactly("1 Ann Oslo");
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestFault.class,
            names = {"THROTTLED", "DROPPED", "CUT_SHORT"})
    void aFileThatCannotBeReadToItsEndIsReadAgain(RequestFault fault) throws Exception {
        String[] lines = IntStream.range(0, 300)
                .mapToObj(i -> write(100 + i, person(i % 7, "n", "City " + i)))
                .toArray(String[]::new);
        world.s3()
                .faults()
                .only((method, path) -> method.equals("GET") && path.startsWith("/floe/staging/"))
                .failNextRequests(fault, ALL_TRIES);
        String file = world.stage(lines);

        world.stage().set("load.batch-rows", "20").start();

        world.awaitArchived(file);
        assertThat(world.persons()).hasSize(7).contains("5 n City 299");
        assertThat(world.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answer lost",
                "request lost",
                "503",
                "429",
                "lock timeout",
                "aborted at commit",
                "cancelled while merging",
                "session expired",
                "session gone"
            })
    void whateverBefallsACallItsChangesAreAppliedOnce(String what) throws Exception {
        String first = world.stage(write(100, person(1, "Ann", "Oslo")));
        world.stage().start();
        world.awaitArchived(first);

        befall(what);
        String second = world.stage(write(200, person(1, "Ann", "Rome")), delete(300, person(2, "Bob", "Rome")));
        String third = world.stage(write(250, person(2, "Bob", "Rome")), write(251, person(3, "Cid", "Bonn")));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(world.s3().keys(LoadWorld.BUCKET, "archive/"))
                        .contains("archive/" + second, "archive/" + third));
        assertThat(world.persons()).containsExactly("1 Ann Rome", "3 Cid Bonn");
        assertThat(world.deadLetters()).isEmpty();
    }

    private void befall(String what) throws Exception {
        var faults = world.snowflake().faults();
        switch (what) {
            case "answer lost" -> faults.failNextRequests(RequestFault.DROPPED_AFTER_DOING, 1);
            case "request lost" -> faults.failNextRequests(RequestFault.DROPPED, 1);
            case "503" -> faults.failNextRequests(RequestFault.UNAVAILABLE, 1);
            case "429" -> faults.failNextRequests(RequestFault.THROTTLED, 1);
            case "lock timeout" ->
                faults.failNext(
                        4,
                        sql -> sql.startsWith("UPDATE"),
                        625,
                        "57014",
                        "Statement was aborted: lock was not granted");
            case "aborted at commit" -> faults.failNext(4, sql -> sql.startsWith("COMMIT"), 625, "57014", "aborted");
            case "cancelled while merging" ->
                faults.failNext(4, sql -> sql.startsWith("MERGE"), 604, "57014", "SQL execution canceled");
            case "session expired" -> faults.expireSessions();
            case "session gone" -> faults.forgetSessions();
            default -> throw new IllegalArgumentException(what);
        }
    }

    @Test
    void aLoaderThatStopsInMidFileIsFollowedByOneThatLoadsItAgain() throws Exception {
        world.snowflake().faults().latency(Duration.ofMillis(60));
        String file = world.stage(IntStream.range(0, 100)
                .mapToObj(i -> write(100 + i, person(i % 9, "n", "City " + i)))
                .toArray(String[]::new));
        world.stage().set("load.batch-rows", "5").set("camel.main.shutdown-timeout", "1");
        world.stage().start();
        await().until(() -> world.snowflake().journal().calls(APPLY) >= 3);

        world.stage().close();
        assertThat(world.s3().keys(LoadWorld.BUCKET, "archive/")).isEmpty();
        world.snowflake().faults().clear();
        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.persons()).hasSize(9).contains("0 n City 99");
    }

    @Test
    void twoLoadersAtOnceOnTheSameFilesConverge() throws Exception {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int offset = 100 + (i * 7) % 25;
            files.add(world.stage(
                    write(offset, person(1, "n", "City " + offset)),
                    i % 2 == 1 ? delete(offset, person(2, "n", "x")) : write(offset, person(2, "n", "City " + offset)),
                    write(offset, person(offset, "n", "c")),
                    "not json"));
        }
        LoadStage other = new LoadStage(world.s3(), LoadWorld.BUCKET, world.snowflake());
        other.set("load.tables", LoadWorld.PERSONS);

        try (other) {
            other.start();
            world.stage().start();
            world.awaitArchived(files.toArray(String[]::new));
        }

        assertThat(world.persons())
                .hasSize(26)
                .contains("1 n City 124", "124 n c")
                .doesNotContain("2 n City 123");
        assertThat(world.deadLetters()).hasSize(25);
    }
}
