package routes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each encoding of an event's values, as Snowflake holds it afterwards. */
class LoadedValuesTest {

    private static final List<Column> COLUMNS = List.of(
            Column.named("id", "bigint").unsigned(true).nullable(false).build(),
            column("big", "bigint"),
            Column.named("amount", "decimal").precision(38).scale(10).build(),
            Column.named("huge", "decimal").precision(65).scale(30).build(),
            column("ratio", "double"),
            Column.named("flag", "bit").precision(1).build(),
            Column.named("bits", "bit").precision(12).build(),
            column("text", "text"),
            column("blob", "blob"),
            column("day", "date"),
            Column.named("moment", "datetime").fraction(6).build(),
            Column.named("instant", "timestamp").fraction(3).build(),
            Column.named("span", "time").fraction(6).build(),
            column("year", "year"),
            column("doc", "json"),
            column("place", "point"));

    private static final String ROW =
            """
            {"id":18446744073709551615,"big":-9223372036854775808,"amount":"1234567890123456789012345678.0123456789",
            "huge":"12345678901234567890123456789012345.012345678901234567890123456789","ratio":0.1,"flag":true,
            "bits":"D/8=","text":"O'Neil \\"x\\"\\n😀","blob":"AAEC/w==","day":"9999-12-31",
            "moment":"2026-11-22 23:59:59.123456","instant":"2026-11-22 23:59:59.123Z","span":"-838:59:59.000000",
            "year":2155,"doc":"{\\"n\\":12345678901234567890.5,\\"a\\":[1,null]}","place":"SRID=4326;POINT(1 2)"}"""
                    .replace("\n", "");

    private LoadWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new LoadWorld().with(new TableId("CDC_schema", "Types"), new TableShape(List.of("id"), COLUMNS));
        world.stage().set("load.tables", "CDC_schema.Types");
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noValueIsDamagedOnTheWay(boolean byRow) throws Exception {
        if (byRow) {
            callByRow();
        }
        String file = world.stage(Events.write("Types", 1, ROW));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters()).isEmpty();
        Map<String, Object> row = world.snowflake()
                .query(
                        """
                        SELECT ID::VARCHAR AS ID, BIG::VARCHAR AS BIG, AMOUNT::VARCHAR AS AMOUNT, HUGE, RATIO, FLAG,
                            BITS, TEXT, "BLOB",
                            DAY::VARCHAR AS DAY, MOMENT,
                            INSTANT::VARCHAR AS INSTANT, SPAN,
                            "YEAR"::VARCHAR AS Y, DOC:n::VARCHAR AS N, PLACE
                        FROM TYPES""")
                .get(0);
        assertThat(row)
                .containsEntry("ID", "18446744073709551615")
                .containsEntry("BIG", "-9223372036854775808")
                .containsEntry("AMOUNT", "1234567890123456789012345678.0123456789")
                .containsEntry("HUGE", "12345678901234567890123456789012345.012345678901234567890123456789")
                .containsEntry("RATIO", 0.1)
                .containsEntry("FLAG", true)
                .containsEntry("BITS", new byte[] {0x0f, (byte) 0xff})
                .containsEntry("TEXT", "O'Neil \"x\"\n😀")
                .containsEntry("BLOB", new byte[] {0, 1, 2, (byte) 0xff})
                .containsEntry("DAY", "9999-12-31")
                .hasEntrySatisfying("MOMENT", moment -> assertThat(((Timestamp) moment).getNanos())
                        .isEqualTo(123_456_000))
                .containsEntry("INSTANT", "2026-11-22 23:59:59.123 +0000")
                .containsEntry("SPAN", "-838:59:59.000000")
                .containsEntry("Y", "2155")
                .containsEntry("N", "12345678901234567890.5")
                .containsEntry("PLACE", "SRID=4326;POINT(1 2)");
    }

    @Test
    void numbersBeyondSnowflakesNumberAreBoundAsText() throws Exception {
        callByRow();
        String row = COLUMNS.stream()
                .map(column -> "\"" + column.name() + "\":null")
                .collect(joining(",", "{", "}"))
                .replace("\"ratio\":null", "\"ratio\":1.7976931348623157E308");
        String file = world.stage(
                Events.write("Types", 1, row.replace("\"id\":null", "\"id\":1")),
                Events.write(
                        "Types",
                        2,
                        row.replace("\"id\":null", "\"id\":2").replace("1.7976931348623157E308", "5.0E-324")));

        world.stage().start();

        world.awaitArchived(file);
        assertThat(world.deadLetters()).isEmpty();
        assertThat(world.snowflake()
                        .query("SELECT ID::VARCHAR AS ID, BIG, TEXT, BITS, DOC, RATIO FROM TYPES ORDER BY 1"))
                .hasToString("[{ID=1, BIG=null, TEXT=null, BITS=null, DOC=null, RATIO=1.7976931348623157E308},"
                        + " {ID=2, BIG=null, TEXT=null, BITS=null, DOC=null, RATIO=4.9E-324}]");
    }

    private void callByRow() {
        world.stage()
                .set("load.mode", "row")
                .set(
                        "load.call.CDC_schema.Types.WriteRowsEvent",
                        COLUMNS.stream()
                                .map(column -> ":?" + column.name())
                                .collect(joining(", ", "CALL INSERT_TYPES(", ", :?_position)")));
    }

    private static Column column(String name, String type) {
        return Column.named(name, type).build();
    }
}
