package floe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadConstraints;
import floe.change.UnfitChange.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTest {

    private static final Position FALLBACK = Position.ofLine(1_700_000_000, 7, 0);
    private static final TableId PERSONS = new TableId("CDC_schema", "Persons");

    private final ChangeReader reader = new ChangeReader();

    @Test
    void readsTextThatIsLongerThanJacksonAllowsByItself() {
        String text = "x".repeat(StreamReadConstraints.DEFAULT_MAX_STRING_LEN + 1);

        RowChange change = (RowChange) reader.read(
                "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"WriteRowsEvent\",\"row\":{\"values\":{\"Note\":\""
                        + text + "\"}}}",
                FALLBACK);

        assertThat(change.image().path("Note").textValue()).isEqualTo(text);
    }

    @Test
    void readsAnEventOfAnOlderReaderAndGivesItThePositionOfItsLine() {
        String line = "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"UpdateRowsEvent\",\"row\":"
                + "{\"before_values\":{\"PersonID\":1,\"FullName\":\"O'Brien\"},"
                + "\"after_values\":{\"PersonID\":1,\"FullName\":\"O'Neil\"},\"none_sources\":{}}}";

        RowChange change = (RowChange) reader.read(line, FALLBACK);

        assertThat(change.table()).isEqualTo(PERSONS);
        assertThat(change.type()).isEqualTo(ChangeType.UPDATE);
        assertThat(change.before().path("FullName").textValue()).isEqualTo("O'Brien");
        assertThat(change.image().path("FullName").textValue()).isEqualTo("O'Neil");
        assertThat(change.position()).isEqualTo(FALLBACK);
        assertThat(change.snapshot()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEGIN|0|0|{\"step\":\"begin\"}",
                "END|2|8|{\"step\":\"end\",\"lane\":2,\"lanes\":8}",
                "CANCELLED|0|0|{\"step\":\"cancelled\"}"
            })
    void readsWhatTheWriterTellsOfSnapshots(SnapshotMark.Step step, int lane, int lanes, String told)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotChange change = new SnapshotChange(
                PERSONS,
                new SnapshotMark(step, lane, lanes),
                new Position(1_795_367_406, 3, 4_711, 9_999_000_001L),
                1L);
        new ChangeWriter(out)
                .writeSnapshot(
                        PERSONS, change.mark(), change.position(), new ChangeWriter.Source("server", null, 1L, true));
        String line = out.toString(StandardCharsets.UTF_8);

        assertThat(line)
                .isEqualTo("{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"SnapshotEvent\",\"snapshot\":"
                        + told + ",\"position\":\"1795367406-0000000003-000000004711-9999000001\","
                        + "\"source\":{\"server\":\"server\",\"ts_ms\":1,\"snapshot\":true}}\n");
        assertThat(reader.read(line.stripTrailing(), FALLBACK)).isEqualTo(change);
    }

    @Test
    void theEndOfASnapshotThatNamesNoLaneIsThatOfTheOnlyOne() {
        assertThat(reader.read(snapshot(""), FALLBACK))
                .isEqualTo(new SnapshotChange(PERSONS, SnapshotMark.end(0, 1), FALLBACK, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"step\":\"end\"}",
                "{\"step\":\"end\",\"lane\":8,\"lanes\":8}",
                "{\"step\":\"end\",\"lane\":-1,\"lanes\":8}",
                "{\"step\":\"end\",\"lane\":0.5,\"lanes\":8}",
                "{\"step\":\"end\",\"lane\":0,\"lanes\":99999999999}",
                "{\"step\":\"pause\"}",
                "{}",
                "true"
            })
    void aDamagedSnapshotIsUnfit(String told) {
        assertThatThrownBy(() -> reader.read(snapshot(",\"snapshot\":" + told), FALLBACK))
                .isInstanceOfSatisfying(
                        UnfitChange.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AN_EVENT))
                .hasMessageContaining("'snapshot' is damaged");
    }

    private static String snapshot(String told) {
        return "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"SnapshotEvent\"" + told
                + ",\"source\":{\"snapshot\":true}}";
    }

    @Test
    void readsWhatTheWriterWrites() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Position position = new Position(1_795_367_406, 3, 4_711, 1);
        new ChangeWriter(out)
                .writeRow(
                        PERSONS,
                        ChangeType.WRITE,
                        null,
                        json -> {
                            json.writeNumberField("PersonID", 1);
                            json.writeStringField("FullName", "O'Brien \"q\" \\ \n\t\u2028 😀 \u0000");
                            json.writeNullField("City");
                        },
                        List.of("PersonID"),
                        position,
                        new ChangeWriter.Source("server", "gtid:1", 1_795_367_406_199L, true));
        String line = out.toString(StandardCharsets.UTF_8);

        RowChange change = (RowChange) reader.read(line.stripTrailing(), FALLBACK);

        assertThat(line).endsWith("}\n").contains("😀");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(change.after().path("FullName").textValue()).isEqualTo("O'Brien \"q\" \\ \n\t\u2028 😀 \u0000");
        assertThat(change.after().path("City").isNull()).isTrue();
        assertThat(line).contains("\"key\":[\"PersonID\"]");
        assertThat(change.position()).isEqualTo(position);
        assertThat(change.snapshot()).isTrue();
    }

    @Test
    void keepsNumbersOfAnySizeExact() {
        RowChange change = (RowChange) reader.read(
                "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"DeleteRowsEvent\",\"row\":{\"values\":"
                        + "{\"a\":18446744073709551615,\"b\":1.7976931348623157E+308,\"c\":0.1}}}",
                FALLBACK);

        assertThat(change.before().path("a").bigIntegerValue()).hasToString("18446744073709551615");
        assertThat(change.before().path("b").doubleValue()).isEqualTo(Double.MAX_VALUE);
        assertThat(change.before().path("c").decimalValue()).hasToString("0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483647",
                "-1e2147483647",
                "10e2147483647",
                "1e2147483648",
                "1e-2147483648",
                "0.0e-2147483647",
                "1e99999999999999999999",
                "1.8e308",
                "1e309",
                "-1e309",
                "2e-324",
                "1e-400",
                "Infinity",
                "-Infinity",
                "NaN"
            })
    void aNumberThatNoColumnHoldsIsUnfit(String number) {
        assertThatThrownBy(() -> reader.read(row("{\"f\":" + number + "}"), FALLBACK))
                .isInstanceOf(UnfitChange.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0e2147483647",
                "1.7976931348623157e308",
                "-1.7976931348623157e308",
                "5e-324",
                "4.9406564584124654e-324",
                "99999999999999999999999999999999999999999999999999999999999999999",
                "0.000000000000000000000000000001"
            })
    void aNumberThatMySqlHoldsIsRead(String number) {
        RowChange change = (RowChange) reader.read(row("{\"f\":" + number + "}"), FALLBACK);

        assertThat(change.image().path("f").decimalValue()).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"f\":\"A\\ud800n\"}",
                "{\"f\":\"\\uD800\"}",
                "{\"f\":\"\\udc00\\ud800\"}",
                "{\"f\":\"\\ud83d\\ude00\\ude00\"}",
                "{\"f\\udfff\":1}",
                "{\"f\":{\"in\":[\"\\uDBFF\"]}}"
            })
    void halfOfACharacterIsUnfit(String row) {
        assertThatThrownBy(() -> reader.read(row(row), FALLBACK))
                .isInstanceOf(UnfitChange.class)
                .hasMessageContaining("half of a character");
    }

    @Test
    void bothHalvesOfACharacterAreOne() {
        RowChange change = (RowChange) reader.read(row("{\"f\":\"\\ud83d\\ude00\",\"g\":\"\\\\ud800\"}"), FALLBACK);

        assertThat(change.image().path("f").textValue()).isEqualTo("😀");
        assertThat(change.image().path("g").textValue()).isEqualTo("\\ud800");
    }

    private static String row(String row) {
        return "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"WriteRowsEvent\",\"row\":{\"values\":" + row + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json | NOT_JSON | not JSON",
                "{\"schema\":\"s\"} trailing | NOT_JSON | not JSON",
                "{\"schema\":\"s\"}{\"schema\":\"s\"} | NOT_JSON | AppendDelimiterToRecord",
                "[1,2] | NOT_AN_EVENT | array",
                "{\"schema\":\"s\",\"table\":\"t\"} | NOT_AN_EVENT | 'type' is missing",
                "{\"schema\":1,\"table\":\"t\",\"type\":\"x\"} | NOT_AN_EVENT | 'schema' is number",
                "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"RotateEvent\"} | UNKNOWN_TYPE | 'RotateEvent'",
                "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"WriteRowsEvent\",\"row\":{}} | NOT_AN_EVENT | 'row.values'",
                "{\"schema\":\"s\",\"table\":\"t\",\"type\":\"TruncateEvent\",\"position\":\"1\"} | NOT_AN_EVENT | '1'"
            })
    void tellsWhyALineIsUnfit(String line, Reason reason, String message) {
        assertThatThrownBy(() -> reader.read(line, FALLBACK))
                .hasMessageContaining(message)
                .asInstanceOf(InstanceOfAssertFactories.type(UnfitChange.class))
                .extracting(UnfitChange::reason)
                .isEqualTo(reason);
    }
}
