package routes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Dates that MySQL holds and Snowflake cannot, such as 0000-00-00 and 2024-02-31, in every way of loading. */
class NoDatesTest {

    private static final String DAYS = "CDC_schema.Days";

    private static final List<Column> COLUMNS = List.of(
            LoadWorld.column("id", "int", false),
            LoadWorld.column("due", "date", true),
            Column.named("moment", "datetime").fraction(6).build(),
            Column.named("instant", "timestamp").fraction(0).build(),
            LoadWorld.column("note", "varchar", true));

    /** How changes reach Snowflake. */
    enum Way {
        BATCHES,
        ONE_BY_ONE,
        TEMPLATES
    }

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld();
        world.stage()
                .set("load.tables", DAYS)
                .set("camel.beans.metricsRegistry", "#class:" + SimpleMeterRegistry.class.getName());
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void aDateThatIsNoneIsNullAndIsCountedAndItsLineStaysAsItWas(Way way) throws Exception {
        with(way, List.of("id"));
        String file = world.stage(
                row(1, 1, "0000-00-00", "2024-00-15 10:00:00.123456", "0000-00-00 00:00:00Z", "0000-00-00"),
                row(2, 2, "2024-02-31", "2024-02-29 10:00:00.123456", "2024-03-10 02:30:00Z", "2024-02-31"),
                row(3, 3, "2024-02-29", "0000-12-31 00:00:00.000000", "2024-03-10 02:30:00Z", "x"));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters()).isEmpty();
        assertThat(days())
                .containsExactly(
                        "1 null null null 0000-00-00",
                        "2 null 2024-02-29 10:00:00.123 2024-03-10 02:30:00.000 +0000 2024-02-31",
                        "3 2024-02-29 null 2024-03-10 02:30:00.000 +0000 x");
        assertThat(counted()).isEqualTo(5);
        assertThat(world.s3().text(LoadWorld.BUCKET, "archive/" + file)).contains("\"due\":\"2024-02-31\"");
    }

    @ParameterizedTest
    @EnumSource
    void aDateThatBecomesNoneReplacesTheOneThatWasThere(Way way) throws Exception {
        with(way, List.of("id"));
        String before = values(1, "2024-02-29", "2024-02-29 10:00:00.000000", "2024-02-29 10:00:00Z", "x");
        String after = values(1, "2024-02-30", "2024-02-29 10:00:00.000000", "2024-02-29 10:00:00Z", "x");
        String file = world.stage(Events.write("Days", 1, before), update(2, before, after));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters()).isEmpty();
        assertThat(days()).containsExactly("1 null 2024-02-29 10:00:00.000 2024-02-29 10:00:00.000 +0000 x");
        assertThat(counted()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void inAKeyItMakesTheRowADeadLetterThatNamesTheColumn(Way way) throws Exception {
        with(way, List.of("id", "due"));
        String moment = "2024-02-29 10:00:00.000000";
        String instant = "2024-02-29 10:00:00Z";
        String file = world.stage(
                row(1, 1, "2024-02-30", moment, instant, "x"),
                row(2, 2, "2024-02-29", moment, instant, "x"),
                row(3, 3, "0000-00-00", moment, instant, "x").replace("WriteRowsEvent", "DeleteRowsEvent"));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(days()).hasSize(1).first().asString().startsWith("2 2024-02-29");
        assertThat(world.deadLetters())
                .extracting(letter -> letter.path("line").asInt())
                .containsExactlyInAnyOrder(1, 3);
        for (JsonNode letter : world.deadLetters()) {
            assertThat(letter.path("reason").asText()).isEqualTo("REFUSED_VALUE");
            assertThat(letter.path("message").asText())
                    .contains("column due")
                    .contains("should be")
                    .doesNotContain("2024-02-30")
                    .doesNotContain("0000-00-00");
            assertThat(letter.path("event").toString()).containsPattern("2024-02-30|0000-00-00");
        }
        assertThat(counted()).isZero();
    }

    /** A call of a template is one for both the old and the new key. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "TEMPLATES")
    void theOldRowGoesAlsoWhereItsNewKeyIsNone(Way way) throws Exception {
        with(way, List.of("id", "due"));
        String valid = values(1, "2024-02-29", "2024-02-29 10:00:00.000000", "2024-02-29 10:00:00Z", "x");
        String none = valid.replace("\"due\":\"2024-02-29\"", "\"due\":\"2024-02-30\"");
        String other = none.replace("\"id\":1", "\"id\":2");
        String file = world.stage(
                Events.write("Days", 1, valid), update(2, valid, none), update(3, other, other.replace("-30", "-28")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(days()).hasSize(1).first().asString().startsWith("2 2024-02-28");
        assertThat(world.deadLetters())
                .extracting(letter -> letter.path("line").asInt())
                .containsExactly(2);
        assertThat(world.deadLetters().get(0).path("message").asText()).contains("column due");
    }

    @ParameterizedTest
    @EnumSource
    void otherTextThatIsNoDateIsADeadLetter(Way way) throws Exception {
        with(way, List.of("id"));
        List<String> lines = new ArrayList<>();
        for (String text : List.of("soon", "2024-02-31x", "24-02-31", "2024/02/31", "2024-02-31 ", "0000-00-0a", "")) {
            lines.add(row(lines.size() + 1, lines.size() + 1, text, "2024-02-29 10:00:00", "2024-02-29 10:00:00Z", ""));
        }
        String file = world.stage(lines.toArray(String[]::new));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters()).hasSize(lines.size());
        assertThat(days()).isEmpty();
        assertThat(counted()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void ofAnyDatesThoseThatAreOnesArriveAndTheOthersAreNull(Way way) throws Exception {
        with(way, List.of("id"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        int none = 0;
        for (int id = 1; id <= 150; id++) {
            int[] years = {0, 1, 100, 1582, 1900, 2000, 2023, 2024, 9999, random.nextInt(10_000)};
            int year = years[random.nextInt(years.length)];
            int month = random.nextInt(13);
            int day = random.nextInt(4) == 0 ? 28 + random.nextInt(4) : random.nextInt(32);
            String date = String.format("%04d-%02d-%02d", year, month, day);
            boolean real = isDate(year, month, day);
            String time = String.format("%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
            lines.add(row(id, id, date, date + " " + time + ".000000", date + " " + time + "Z", date));
            expected.add(
                    real
                            ? id + " " + date + " " + date + " " + time + ".000 " + date + " " + time + ".000 +0000 "
                                    + date
                            : id + " null null null " + date);
            none += real ? 0 : 3;
        }
        String file = world.stage(lines.toArray(String[]::new));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters()).as("seed " + seed).isEmpty();
        assertThat(days()).as("seed " + seed).containsExactlyElementsOf(expected);
        assertThat(counted()).as("seed " + seed).isEqualTo(none);
    }

    /** Of a table that Floe did not set up nobody knows which columns are dates. */
    @ParameterizedTest
    @EnumSource(names = "TEMPLATES")
    void proceduresOfSomeoneElseGetTheTextAsItIs(Way way) throws Exception {
        with(way, List.of("id"));
        world.snowflake()
                .execute(
                        "DELETE FROM FLOE_TABLES",
                        "CREATE TABLE SEEN (DUE STRING)",
                        """
                        CREATE OR REPLACE PROCEDURE INSERT_SEEN(DUE STRING)
                        RETURNS STRING LANGUAGE SQL AS
                        $$
                        BEGIN
                            INSERT INTO SEEN (DUE) VALUES (:DUE);
                            RETURN 'inserted';
                        END;
                        $$""");
        world.stage().set("load.call." + DAYS + ".WriteRowsEvent", "CALL INSERT_SEEN(:?due)");
        String file = world.stage(row(1, 1, "0000-00-00", "", "", ""), row(2, 2, "2024-02-31", "", "", ""));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.snowflake().query("SELECT DUE FROM SEEN ORDER BY DUE"))
                .hasToString("[{DUE=0000-00-00}, {DUE=2024-02-31}]");
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            return year > 0 && LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void with(Way way, List<String> key) throws Exception {
        List<Column> columns = COLUMNS.stream()
                .map(column ->
                        key.contains(column.name()) ? LoadWorld.column(column.name(), column.type(), false) : column)
                .toList();
        world.with(TableId.parse(DAYS), new TableShape(key, columns));
        if (way != Way.BATCHES) {
            world.stage().set("load.mode", "row");
        }
        if (way == Way.TEMPLATES) {
            String before = parameters("before_", key);
            String all = parameters("", COLUMNS.stream().map(Column::name).toList());
            String call = "load.call." + DAYS + ".";
            world.stage()
                    .set(call + "WriteRowsEvent", "CALL INSERT_DAYS(" + all + ", :?_position)")
                    .set(
                            call + "UpdateRowsEvent",
                            "CALL UPDATE_DAYS(" + before + ", " + all.replace(":?", ":?after_") + ", :?_position)")
                    .set(call + "DeleteRowsEvent", "CALL DELETE_DAYS(" + parameters("", key) + ", :?_position)");
        }
    }

    private static String parameters(String prefix, List<String> columns) {
        return columns.stream().map(column -> ":?" + prefix + column).collect(joining(", "));
    }

    private static String row(long offset, int id, String due, String moment, String instant, String note) {
        return Events.write("Days", offset, values(id, due, moment, instant, note));
    }

    private static String update(long offset, String before, String after) {
        return Events.write("Days", offset, "{}")
                .replace("WriteRowsEvent", "UpdateRowsEvent")
                .replace("\"values\":{}", "\"before_values\":" + before + ",\"after_values\":" + after);
    }

    private static String values(int id, String due, String moment, String instant, String note) {
        return "{\"id\":" + id + ",\"due\":\"" + due + "\",\"moment\":\"" + moment + "\",\"instant\":\"" + instant
                + "\",\"note\":\"" + note + "\"}";
    }

    private List<String> days() throws Exception {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> row : world.snowflake()
                .query("SELECT ID::VARCHAR AS ID, DUE::VARCHAR AS DUE, MOMENT::VARCHAR AS MOMENT,"
                        + " INSTANT::VARCHAR AS INSTANT, NOTE FROM DAYS ORDER BY DAYS.ID")) {
            rows.add(Stream.of("ID", "DUE", "MOMENT", "INSTANT", "NOTE")
                    .map(column -> String.valueOf(row.get(column)))
                    .collect(joining(" ")));
        }
        return rows;
    }

    private double counted() {
        return world.stage()
                .camel()
                .getRegistry()
                .findSingleByType(MeterRegistry.class)
                .get("floe.load.null.dates")
                .tag("table", DAYS)
                .counter()
                .count();
    }
}
