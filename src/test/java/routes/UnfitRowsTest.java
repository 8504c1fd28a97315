package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Events.definition;
import static routes.Events.delete;
import static routes.Events.person;
import static routes.Events.snapshot;
import static routes.Events.snapshotEnd;
import static routes.Events.write;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import floe.snowflake.MirrorRule;
import floe.snowflake.MirrorRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of which a column cannot hold a value: the procedure finds them, and applies the others. */
class UnfitRowsTest {

    private static final int ROWS = 400;

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 2", "200, 3"})
    void howeverManyThereAreThereIsOneCall(int unfit, long seed) throws Exception {
        world.withPersons();
        var random = new Random(seed);
        var lines = new TreeSet<Integer>();
        while (lines.size() < unfit) {
            lines.add(1 + random.nextInt(ROWS));
        }
        String file = world.stage(IntStream.rangeClosed(1, ROWS)
                .mapToObj(id -> {
                    String line = write(id, person(id, "n", "c"));
                    return lines.contains(id) ? line.replace("\"PersonID\":" + id + ",", "\"PersonID\":\"x\",") : line;
                })
                .toArray(String[]::new));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(lettersByLine()).containsExactlyElementsOf(List.copyOf(lines));
        assertThat(world.persons()).hasSize(ROWS - unfit);
        assertThat(calls("PERSONS")).isEqualTo(unfit == 1 ? 1 : 2);
    }

    /**
     * Each line lacks fit values for one column, which is named, and nothing of them is applied; the last line fits.
     */
    @Test
    void ofEachTypeWhatDoesNotFitIsNamed() throws Exception {
        withTypes("hard");
        String fit = "{\"id\":1,\"n\":12.5,\"f\":1.5,\"b\":true,\"d\":\"2026-02-28\",\"dt\":\"2026-02-28 10:00:00\","
                + "\"ts\":\"2026-02-28 10:00:00Z\",\"bin\":\"AAEC\",\"j\":\"{\\\"a\\\":1}\"}";
        List<String> lines = new ArrayList<>(List.of(
                fit.replace("\"id\":1", "\"id\":\"one\""),
                fit.replace("12.5", "\"twelve\""),
                fit.replace("12.5", "1e40"),
                fit.replace("1.5,\"b\"", "\"much\",\"b\""),
                fit.replace("true", "\"perhaps\""),
                fit.replace("2026-02-28\"", "soon\""),
                fit.replace("2026-02-28 10:00:00\"", "then\""),
                fit.replace("2026-02-28 10:00:00Z", "now"),
                fit.replace("AAEC", "?!"),
                fit.replace("{\\\"a\\\":1}", "{")));
        for (int i = 0; i < lines.size(); i++) {
            lines.set(i, write("Types", 100 + i, lines.get(i).replace("\"id\":1", "\"id\":" + (10 + i))));
        }
        lines.add(write("Types", 200, fit));
        String file = world.stage(lines.toArray(String[]::new));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters())
                .hasSize(10)
                .allSatisfy(letter -> assertThat(letter.path("reason").asText()).isEqualTo("REFUSED_VALUE"));
        assertThat(world.deadLetters())
                .extracting(letter -> letter.path("line").asInt() + " "
                        + letter.path("message").asText())
                .containsExactlyInAnyOrder(
                        "1 The column ID cannot hold its value, which is no NUMBER(38,0)",
                        "2 The column N cannot hold its value, which is no NUMBER(38,2)",
                        "3 The column N cannot hold its value, which is no NUMBER(38,2)",
                        "4 The column F cannot hold its value, which is no FLOAT",
                        "5 The column B cannot hold its value, which is no BOOLEAN",
                        "6 The column D cannot hold its value, which is no DATE",
                        "7 The column DT cannot hold its value, which is no TIMESTAMP_NTZ(9)",
                        "8 The column TS cannot hold its value, which is no TIMESTAMP_TZ(9)",
                        "9 The column BIN cannot hold its value, which is no BINARY",
                        "10 The column J cannot hold its value, which is no VARIANT");
        assertThat(world.snowflake().query("SELECT ID, N, F, B, D FROM TYPES"))
                .hasToString("[{ID=1, N=12.50, F=1.5, B=true, D=2026-02-28}]");
        assertThat(calls("TYPES")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"hard", "soft"})
    void aDeleteNeedsItsKeyAlone(String deletes) throws Exception {
        withTypes(deletes);
        String file = world.stage(
                write("Types", 100, "{\"id\":1,\"n\":1}"),
                write("Types", 101, "{\"id\":2,\"n\":2}"),
                delete(200, "{\"id\":1,\"n\":\"one\"}")
                        .replace("Persons\"", "Types\"")
                        .replace("PersonID", "id"),
                delete(201, "{\"id\":\"two\",\"n\":2}")
                        .replace("Persons\"", "Types\"")
                        .replace("PersonID", "id"));

        world.stage().start();

        world.awaitArchived(file);
        String living = deletes.equals("soft") ? " WHERE NOT _DELETED" : "";
        assertThat(world.snowflake().query("SELECT ID FROM TYPES" + living)).hasToString("[{ID=2}]");
        assertThat(lettersByLine()).containsExactly(4);
    }

    /** A table whose columns got other types is read again; what came before that counts no more, be it late or replayed. */
    @Test
    void whatASnapshotHasOvertakenNeedNotFit() throws Exception {
        world.withPersons();
        String file = world.stage(write(160, person(1, "n", "c")), snapshot("begin", 150), snapshotEnd(150, 0, 1));
        world.stage().start();
        world.awaitArchived(file);

        String late = world.stage(
                write(100, person(2, "n", "c").replace("2,", "\"x\",")),
                write(200, person(3, "n", "c")),
                write(201, person(4, "n", "c").replace("4,", "\"y\",")));
        world.awaitArchived(late);

        assertThat(world.persons()).hasSize(2);
        assertThat(lettersByLine()).containsExactly(3);
    }

    /** It would be kept as one that went. */
    @Test
    void whereDeletedRowsStayWhatASnapshotHasOvertakenMustFit() throws Exception {
        withTypes("soft");
        String file = world.stage(
                ofTypes(snapshot("begin", 150)),
                ofTypes(snapshotEnd(150, 0, 1)),
                write("Types", 160, "{\"id\":1,\"n\":1}"));
        world.stage().start();
        world.awaitArchived(file);

        String late =
                world.stage(write("Types", 100, "{\"id\":2,\"n\":\"two\"}"), write("Types", 101, "{\"id\":3,\"n\":3}"));
        world.awaitArchived(late);

        assertThat(world.snowflake().query("SELECT ID, _DELETED FROM TYPES ORDER BY ID"))
                .hasToString("[{ID=1, _DELETED=false}, {ID=3, _DELETED=true}]");
        assertThat(lettersByLine()).containsExactly(1);
    }

    private static String ofTypes(String event) {
        return event.replace("Persons\"", "Types\"");
    }

    @Test
    void whereTheNewestChangesOfAKeyAreUnfitTheNextNewestIsApplied() throws Exception {
        withTypes("hard");
        String file = world.stage(
                write("Types", 103, "{\"id\":1,\"n\":\"x\"}"),
                write("Types", 101, "{\"id\":1,\"n\":11}"),
                write("Types", 102, "{\"id\":1,\"n\":\"y\"}"),
                write("Types", 100, "{\"id\":1,\"n\":10}"),
                write("Types", 100, "{\"id\":2,\"n\":20}"));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.snowflake().query("SELECT ID, N FROM TYPES ORDER BY ID"))
                .hasToString("[{ID=1, N=11.00}, {ID=2, N=20.00}]");
        assertThat(lettersByLine()).containsExactly(1, 3);
    }

    @Test
    void aTableOfWhichNearlyAllRowsAreUnfitForOneReasonWaitsAlone() throws Exception {
        world.withPersons(LoadWorld.column("Zip", "int", true));
        withTypes("hard");
        world.stage().set("load.most-unfit", "50");
        List<String> lines = new ArrayList<>();
        for (int id = 1; id <= 100; id++) {
            String zip = id % 20 == 0 ? "7" : "\"none\"";
            lines.add(write(id, person(id, "n", "c").replace("}", ",\"Zip\":" + zip + "}")));
            lines.add(write("Types", id, "{\"id\":" + id + ",\"n\":1}"));
        }
        String file = world.stage(lines.toArray(String[]::new));

        world.stage().start();

        awaitDown(
                "PERSONS for CDC_schema.Persons has no fit column for 95 of 100 changes",
                "The column ZIP cannot hold its value, which is no NUMBER(38,0)",
                "load.most-unfit");
        await().untilAsserted(() ->
                assertThat(world.snowflake().query("SELECT * FROM TYPES")).hasSize(100));
        assertThat(world.persons()).isEmpty();
        assertThat(world.deadLetters()).isEmpty();
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).containsExactly("staging/" + file);

        String told = world.stage(definition(1_000, ",{\"name\":\"Zip\",\"type\":\"varchar\",\"nullable\":true}"));

        world.awaitArchived(file, told);
        assertThat(world.persons()).hasSize(100);
    }

    @Test
    void soDoesOneWhoseFilesAreSmall() throws Exception {
        world.withPersons();
        world.stage().set("load.most-unfit", "3").set("load.parallel-files", "1");
        for (int i = 1; i <= 5; i++) {
            world.stage(write(i, person(i, "n", "c")).replace("\"PersonID\":" + i + ",", "\"PersonID\":\"x\","));
        }

        world.stage().start();

        awaitDown("has no fit column for 1 of 1 changes");
        await().untilAsserted(() -> assertThat(lettersByLine()).hasSize(3));
        assertThat(world.s3().keys(LoadWorld.BUCKET, "staging/")).hasSize(2);
    }

    private void withTypes(String deletes) throws Exception {
        world.stage().set("load.tables", LoadWorld.PERSONS + ", CDC_schema.Types");
        MirrorRule usual = MirrorRules.USUAL.usual();
        var rule = new MirrorRule(
                deletes.equals("soft") ? MirrorRule.Deletes.SOFT : usual.deletes(),
                usual.droppedColumns(),
                usual.droppedTables(),
                usual.metadata());
        world.with(
                new MirrorRules(rule, Map.of()),
                new TableId("CDC_schema", "Types"),
                new TableShape(
                        List.of("id"),
                        List.of(
                                LoadWorld.column("id", "int", false),
                                Column.named("n", "decimal")
                                        .nullable(true)
                                        .precision(20)
                                        .scale(2)
                                        .build(),
                                LoadWorld.column("f", "double", true),
                                LoadWorld.column("b", "bit", true),
                                LoadWorld.column("d", "date", true),
                                LoadWorld.column("dt", "datetime", true),
                                LoadWorld.column("ts", "timestamp", true),
                                LoadWorld.column("bin", "blob", true),
                                LoadWorld.column("j", "json", true))));
    }

    private List<Integer> lettersByLine() throws Exception {
        return world.deadLetters().stream()
                .map(letter -> letter.path("line").asInt())
                .toList();
    }

    private long calls(String table) {
        return world.snowflake().journal().calls("CDC_DESTINATION.PUBLIC.APPLY_" + table);
    }

    private void awaitDown(String... reasons) {
        await().untilAsserted(() -> {
            HealthCheck.Result health = world.stage().health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElse("")).contains(reasons);
        });
    }
}
